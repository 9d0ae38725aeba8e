package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.WebhookReadingTest.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIdentityTest {

    private static final String FACT = "\"transaction_status\":\"Approved\",\"amount\":\"10.00\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                FACT + ",\"message\":\"again\",\"status\":\"other\"",
                "\"transaction_status\":\"APPROVED\",\"amount\":10",
                "\"amount\":1e1,\"transaction_status\":\"approved\"",
            })
    void a_repeated_fact_has_the_same_identity(String repeated) {
        assertThat(WebhookIdentity.of("account", webhook(repeated)))
                .isEqualTo(WebhookIdentity.of("account", webhook(FACT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"transaction_status\":\"Declined\",\"amount\":\"10.00\"",
                "\"transaction_status\":\"Approved\",\"amount\":\"10.01\"",
                "\"transaction_status\":\"Approved\",\"amount\":\"ten\"",
                "\"transaction_status\":\"Approved\"",
                "\"transaction_status\":\"Chargeback\",\"amount\":\"10.00\"",
                "\"transaction_status\":\"Settled\",\"amount\":\"10.00\"",
                "\"status\":\"Approved\",\"confirmed\":true,\"amount\":\"10.00\"",
                FACT + ",\"transaction_id\":\"t2\"",
            })
    void another_fact_has_another_identity(String other) {
        // A second transaction_id would be a duplicate field, so that case is written out.
        CashierWebhook webhook = other.contains("t2")
                ? (CashierWebhook)
                        WebhookReading.of(("{\"transaction_id\":\"t2\"," + FACT + "}").getBytes(StandardCharsets.UTF_8))
                : webhook(other);

        assertThat(WebhookIdentity.of("account", webhook)).isNotEqualTo(WebhookIdentity.of("account", webhook(FACT)));
    }

    @Test
    void two_unknown_statuses_are_two_facts() {
        assertThat(WebhookIdentity.of("account", webhook("\"transaction_status\":\"Chargeback\"")))
                .isNotEqualTo(WebhookIdentity.of("account", webhook("\"transaction_status\":\"Settled\"")));
    }

    @Test
    void another_account_is_another_fact_even_when_the_parts_join_to_the_same_text() {
        assertThat(WebhookIdentity.of("account", webhook(FACT)))
                .isNotEqualTo(WebhookIdentity.of("accoun", webhook(FACT)));
        assertThat(WebhookIdentity.of("accountt", webhook(FACT)))
                .isNotEqualTo(WebhookIdentity.of("account", webhook(FACT)));
    }

    @Test
    void the_identity_never_changes_between_releases() {
        // SHA-256 over the parts of this fact, each behind its length in four bytes; computed outside this program.
        assertThat(WebhookIdentity.of("sandbox-account", webhook(FACT))).isEqualTo("1eed234d40002caa7f95f91e8d872f09");
    }
}
