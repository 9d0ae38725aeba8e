package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReadingTest {

    @ParameterizedTest
    @CsvSource({
        "Approved,APPROVED",
        "APPROVED,APPROVED",
        "declined,DECLINED",
        "Pending,PENDING",
        "PENDING,PENDING",
        "Approved.,UNKNOWN",
        "' Approved',UNKNOWN",
        "Not Approved,UNKNOWN",
        "Confirmed,UNKNOWN",
        "Refunded,UNKNOWN",
        "Decl\u0131ned,UNKNOWN",
        "PEND\u0130NG,UNKNOWN",
    })
    void only_the_exact_words_are_known_statuses(String text, TransactionStatus status) {
        CashierWebhook webhook = webhook("\"transaction_status\":\"" + text + "\"");

        assertThat(webhook.status()).isEqualTo(status);
    }

    @Test
    void a_known_word_hidden_before_an_overlong_tail_is_unknown() {
        CashierWebhook webhook = webhook("\"transaction_status\":\"Approved" + " ".repeat(100) + "\"");

        assertThat(webhook.status()).isEqualTo(TransactionStatus.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "null", "{\"a\":1}", "[\"Approved\"]"})
    void a_status_that_is_no_text_is_unknown(String value) {
        assertThat(webhook("\"transaction_status\":" + value).status()).isEqualTo(TransactionStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"10.00\"      | 10.00",
                "10             | 10",
                "10.00          | 10.00",
                "1e1            | 10",
                "0              | 0",
                "\"0.5\"        | 0.5",
                "999999999999.9999 | 999999999999.9999",
            })
    void an_amount_is_read_from_text_and_number(String json, BigDecimal amount) {
        CashierWebhook webhook = webhook("\"amount\":" + json);

        assertThat(webhook.amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"-10\"",
                "-10",
                "\"1e1\"",
                "\"10,00\"",
                "\" 10\"",
                "\"010\"",
                "\"10.\"",
                "1e999999999",
                "1e-999999999",
                "10.00001",
                "1000000000000",
                "true",
                "[10]",
                "{}",
                "\"NaN\"",
                "\"\u0661\u0660\""
            })
    void an_amount_nobody_can_be_sure_of_is_kept_as_text_and_counts_as_unreadable(String json) {
        CashierWebhook webhook = webhook("\"amount\":" + json);

        assertThat(webhook.amount()).isNull();
        assertThat(webhook.amountText()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\":1", "\"amount\":null"})
    void an_absent_amount_is_absent(String json) {
        CashierWebhook webhook = webhook(json);

        assertThat(webhook.amount()).isNull();
        assertThat(webhook.amountText()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            value = {"\"CAD\",CAD", "\"cad\",CAD", "\"dollars\",dollars", "124,124", "\"\",-", "null,-"},
            nullValues = "-",
            quoteCharacter = '`')
    void a_strange_currency_is_kept_and_only_an_empty_one_is_absent(String json, @Nullable String currency) {
        assertThat(webhook("\"currency\":" + json).currency()).isEqualTo(currency);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                        | empty",
                "<html></html>                             | not-json",
                "{\"transaction_id\":\"t\"                 | not-json",
                "{\"transaction_id\":\"t\",\"transaction_id\":\"u\"} | not-json",
                "{\"transaction_id\":\"t\",\"amount\":\"1\",\"amount\":\"2\"} | not-json",
                "[{\"transaction_id\":\"t\"}]              | not-an-object",
                "{\"transaction_status\":\"Approved\"}     | no-transaction-id",
                "{\"transaction_id\":\"\"}                 | no-transaction-id",
                "{\"transaction_id\":\"a b\"}              | no-transaction-id",
                "{\"transaction_id\":{\"a\":1}}            | no-transaction-id",
            })
    void what_names_no_transaction_beyond_doubt_is_unreadable(String body, String code) {
        assertThat(WebhookReading.of(utf8(body)))
                .asInstanceOf(type(WebhookReading.Unreadable.class))
                .extracting(WebhookReading.Unreadable::code)
                .isEqualTo(code);
    }

    @Test
    void bounds_are_kept() {
        String longId = "{\"transaction_id\":\"" + "t".repeat(129) + "\"}";
        String big = "{\"transaction_id\":\"t\",\"pad\":\"" + "x".repeat(WebhookReading.MAX_BODY_BYTES) + "\"}";
        CashierWebhook longTexts = webhook("\"status\":\"" + "s".repeat(500) + "\",\"user_id\":\"" + "u".repeat(500)
                + "\",\"merchantReference\":\"" + "r".repeat(500) + "\"");

        assertThat(WebhookReading.of(utf8(longId))).isInstanceOf(WebhookReading.Unreadable.class);
        assertThat(WebhookReading.of(utf8(big)))
                .asInstanceOf(type(WebhookReading.Unreadable.class))
                .extracting(WebhookReading.Unreadable::code)
                .isEqualTo("too-large");
        assertThat(longTexts.rawStatus()).hasSize(64);
        assertThat(longTexts.userId()).isNull();
        assertThat(longTexts.merchantReference()).isNull();
    }

    @Test
    void the_2025_shape_is_recorded_and_never_approves() {
        WebhookReading reading = WebhookReading.of(
                utf8(
                        "{\"transaction_id\":\"t\",\"status\":\"Approved\",\"confirmed\":true,\"amount\":\"10.00\",\"currency\":\"CAD\"}"));

        assertThat(reading)
                .asInstanceOf(type(CashierWebhook.class))
                .extracting(CashierWebhook::shape, CashierWebhook::status, CashierWebhook::currency)
                .containsExactly(CashierWebhook.Shape.Y2025, TransactionStatus.UNKNOWN, null);
    }

    @Test
    void ids_given_as_whole_numbers_are_taken_by_their_digits() {
        WebhookReading reading = WebhookReading.of(utf8("{\"transaction_id\":123456789012345678901,\"user_id\":1}"));

        assertThat(reading)
                .asInstanceOf(type(CashierWebhook.class))
                .extracting(CashierWebhook::transactionId, CashierWebhook::userId)
                .containsExactly("123456789012345678901", "1");
    }

    @Property(tries = 2_000)
    void arbitrary_bytes_are_always_read(@ForAll byte[] body) {
        assertThat(WebhookReading.of(body)).isNotNull();
    }

    @Property(tries = 3_000)
    void arbitrary_json_is_always_read_and_has_an_identity(@ForAll("bodies") String body) {
        WebhookReading reading = WebhookReading.of(utf8(body));

        if (reading instanceof CashierWebhook webhook) {
            assertThat(WebhookIdentity.of("account", webhook)).matches("[0-9a-f]{32}");
            assertThat(webhook.status() == TransactionStatus.UNKNOWN || webhook.statusText() != null)
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<String> bodies() {
        return JsonTexts.objects(
                "transaction_id",
                "user_id",
                "status",
                "transaction_status",
                "amount",
                "currency",
                "merchantReference",
                "confirmed",
                "method");
    }

    static CashierWebhook webhook(String fields) {
        return (CashierWebhook) WebhookReading.of(utf8("{\"transaction_id\":\"t1\"," + fields + "}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
