package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class RequestHashesTest {

    private static final Money ONE = Money.parse("CAD 1.00");

    @Test
    void a_request_is_named_by_merchant_and_key_alone() {
        assertThat(RequestHashes.id("shop", "k-1"))
                .isEqualTo(RequestHashes.id("shop", "k-1"))
                .matches("api-[0-9a-f]{32}")
                .isNotEqualTo(RequestHashes.id("shop", "k-2"))
                .isNotEqualTo(RequestHashes.id("shopk", "-1"));
    }

    @Test
    void what_is_asked_differs_with_payment_amount_currency_and_reason() {
        ByteBuffer asked = RequestHashes.content("shop~1", ONE, "late");

        assertThat(asked)
                .isEqualTo(RequestHashes.content("shop~1", Money.parse("CAD 1"), "late"))
                .isNotEqualTo(RequestHashes.content("shop~2", ONE, "late"))
                .isNotEqualTo(RequestHashes.content("shop~1", Money.parse("CAD 1.01"), "late"))
                .isNotEqualTo(RequestHashes.content("shop~1", Money.parse("EUR 1.00"), "late"))
                .isNotEqualTo(RequestHashes.content("shop~1", ONE, "early"));
    }
}
