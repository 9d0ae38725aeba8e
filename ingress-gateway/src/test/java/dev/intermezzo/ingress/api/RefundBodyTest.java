package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.api.RefundBody.Reading;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefundBodyTest {

    @Test
    void a_body_with_its_three_texts_is_read() {
        assertThat(read("{\"amount\":\"7.5\",\"currency\":\"CAD\",\"reason\":\"Damaged parcel\"}"))
                .isEqualTo(new Reading.Read(new RefundBody(Money.parse("CAD 7.50"), "Damaged parcel")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"amount\":7.5,\"currency\":\"CAD\",\"reason\":\"r\"}",
                "{\"amount\":7,\"currency\":\"CAD\",\"reason\":\"r\"}",
                "{\"amount\":\"7.501\",\"currency\":\"CAD\",\"reason\":\"r\"}",
                "{\"amount\":\"0.00\",\"currency\":\"CAD\",\"reason\":\"r\"}",
                "{\"amount\":\"-1\",\"currency\":\"CAD\",\"reason\":\"r\"}",
                "{\"amount\":\"1e3\",\"currency\":\"CAD\",\"reason\":\"r\"}",
                "{\"amount\":\"1\",\"currency\":\"cad\",\"reason\":\"r\"}",
                "{\"amount\":\"1\",\"currency\":\"XXX\",\"reason\":\"r\"}",
                "{\"amount\":\"1\",\"currency\":null,\"reason\":\"r\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"reason\":\" \"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"reason\":\"a\\u0000b\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"reason\":\"r\",\"note\":\"n\"}",
                "{\"amount\":\"1\",\"amount\":\"1\",\"currency\":\"CAD\",\"reason\":\"r\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"reason\":\"r\"} {}"
            })
    void anything_else_is_refused(String body) {
        assertThat(read(body)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void a_reason_is_as_long_as_it_may_be_and_no_longer() {
        assertThat(read(withReason("é".repeat(200)))).isInstanceOf(Reading.Read.class);
        assertThat(read(withReason("é".repeat(201)))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        byte[] body = withReason("r?").getBytes(StandardCharsets.UTF_8);
        body[body.length - 3] = (byte) 0xff;

        assertThat(RefundBody.read(body)).isInstanceOf(Reading.Unreadable.class);
    }

    @Property
    void no_bytes_are_more_than_refused(@ForAll byte[] body) {
        assertThat(RefundBody.read(body)).isInstanceOf(Reading.Unreadable.class);
    }

    private static String withReason(String reason) {
        return "{\"amount\":\"1\",\"currency\":\"CAD\",\"reason\":\"" + reason + "\"}";
    }

    private static Reading read(String body) {
        return RefundBody.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
