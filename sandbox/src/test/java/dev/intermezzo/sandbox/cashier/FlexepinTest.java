package dev.intermezzo.sandbox.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.sandbox.cashier.Answers.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlexepinTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final Flexepin flexepin = new Flexepin(json, new Answers(json), () -> NOW);

    @Test
    void the_documented_request_redeems_its_voucher_and_the_answer_is_the_result() {
        Answer answer = redeem("1234567890123456");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(read(answer).path("data").path("status").asText()).isEqualTo("Approved");
        assertThat(flexepin.redeemed()).singleElement().satisfies(redemption -> {
            assertThat(redemption.id())
                    .isEqualTo(read(answer).path("data").path("transactionId").asText());
            assertThat(redemption.amount()).isEqualByComparingTo("25.00");
            assertThat(redemption.currency()).isEqualTo("EUR");
        });
    }

    @Test
    void a_voucher_is_redeemed_once() {
        redeem("1234567890123456");

        Answer again = redeem("1234567890123456");

        assertThat(again.status()).isEqualTo(400);
        assertThat(read(again).path("message").asText()).isEqualTo("Voucher already redeemed");
        assertThat(flexepin.redeemed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0234567890123456,PIN", "8234567890123456,currency", "9234567890123456,amount", "12345,PIN"})
    void a_refused_voucher_is_a_reason_without_a_code(String pin, String reason) {
        Answer answer = redeem(pin);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(read(answer).has("errorCode")).isFalse();
        assertThat(read(answer).path("message").asText()).contains(reason);
        assertThat(flexepin.redeemed()).isEmpty();
    }

    @Test
    void an_error_or_a_pending_answer_may_hide_a_redemption() {
        assertThat(redeem("5234567890123456").status()).isEqualTo(500);
        assertThat(read(redeem("7234567890123456")).path("data").path("status").asText())
                .isEqualTo("PENDING");

        assertThat(flexepin.redeemed()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"voucherPin", "baseamount", "currency", "currencyCode", "userId", "email"})
    void each_required_field_is_required(String field) {
        JsonNode request = request("1234567890123456");
        ((com.fasterxml.jackson.databind.node.ObjectNode) request).remove(field);

        Answer answer = flexepin.redeem(request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(read(answer).path("message").asText()).isEqualTo("Validation failed");
        assertThat(read(answer).path("errors")).hasSize(1);
    }

    @Test
    void only_pay_ins_of_its_own_are_its_matter() {
        assertThat(Flexepin.takes(request("1234567890123456"))).isTrue();
        for (String other : List.of(
                "{\"pspType\":\"FLEXEPIN\",\"type\":\"PAYOUT\"}",
                "{\"pspType\":\"PAYONE\",\"type\":\"PAYIN\"}",
                "{}")) {
            assertThat(Flexepin.takes(tree(other))).isFalse();
        }
    }

    private Answer redeem(String pin) {
        return flexepin.redeem(request(pin));
    }

    /** As the "Flexepin" page shows it. */
    private JsonNode request(String pin) {
        return tree("""
                {"pspType": "FLEXEPIN", "type": "PAYIN", "voucherPin": "%s", "baseamount": 25.00, "currency": "EUR",
                 "currencyCode": "EUR", "userId": "user_123", "email": "player@example.com"}
                """.formatted(pin));
    }

    private JsonNode read(Answer answer) {
        return tree(answer.body());
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
