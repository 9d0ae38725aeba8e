package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.api.PayOutBody.Reading;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayOutBodyTest {

    @Test
    void a_body_is_read_with_and_without_a_reference() {
        assertThat(read("{\"amount\":\"7.5\",\"currency\":\"CAD\",\"destination\":\"supplier\"}"))
                .isEqualTo(new Reading.Read(new PayOutBody(Money.parse("CAD 7.50"), "supplier", "")));
        assertThat(read(with("supplier", "invoice 7")))
                .isEqualTo(new Reading.Read(new PayOutBody(Money.parse("CAD 1.00"), "supplier", "invoice 7")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"amount\":7.5,\"currency\":\"CAD\",\"destination\":\"supplier\"}",
                "{\"amount\":\"0.00\",\"currency\":\"CAD\",\"destination\":\"supplier\"}",
                "{\"amount\":\"-1\",\"currency\":\"CAD\",\"destination\":\"supplier\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"destination\":\"Supplier\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"destination\":\"\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"destination\":\"supplier\",\"reference\":null}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"destination\":\"supplier\",\"reason\":\"r\"}",
                "{\"amount\":\"1\",\"currency\":\"CAD\",\"destination\":\"supplier\",\"destination\":\"other\"}"
            })
    void anything_else_is_refused(String body) {
        assertThat(read(body)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void a_reference_is_as_long_as_it_may_be_and_no_longer() {
        assertThat(read(with("supplier", "é".repeat(200)))).isInstanceOf(Reading.Read.class);
        assertThat(read(with("supplier", "é".repeat(201)))).isInstanceOf(Reading.Unreadable.class);
        assertThat(read(with("a".repeat(41), "r"))).isInstanceOf(Reading.Unreadable.class);
    }

    @Property
    void no_bytes_are_more_than_refused(@ForAll byte[] body) {
        assertThat(PayOutBody.read(body)).isInstanceOf(Reading.Unreadable.class);
    }

    private static String with(String destination, String reference) {
        return "{\"amount\":\"1\",\"currency\":\"CAD\",\"destination\":\"%s\",\"reference\":\"%s\"}"
                .formatted(destination, reference);
    }

    private static Reading read(String body) {
        return PayOutBody.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
