package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyAnswerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final NotifyReading DELIVERED = new NotifyReading.Delivered();
    private static final NotifyReading UNREADABLE = new NotifyReading.ErrorUnreadable();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "<html>thank you</html>",
                "{}",
                "[]",
                "{\"error\":false,\"status\":\"failed\"}",
                "{\"error\":null}",
                "{\"error\":0}",
                "{\"error\":\"\"}",
                "{\"error\":\"false\"}",
                "{\"data\":{\"error\":true}}",
                "[{\"error\":true}]",
                "{\"status\":",
                "null",
                "true"
            })
    void a_success_without_an_error_is_a_delivery(String body) {
        assertThat(read(200, body)).isEqualTo(DELIVERED);
        assertThat(read(204, body)).isEqualTo(DELIVERED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":true,\"status\":\"paid\"} | PAID",
                "{\"error\":true,\"payment_status\":\"approved\"} | PAID",
                "{\"error\":true,\"payment_status\":\"Failed\"} | FAILED",
                "{\"error\":true,\"current\":\" pending \"} | PENDING",
                "{\"error\":true,\"info\":{\"list\":[\"paid\"]}} | PAID",
                "{\"status\":\"paid\",\"error\":\"true\"} | PAID",
                "{\"error\":{\"payment_status\":\"failed\"}} | FAILED",
                "{\"error\":\"Current payment status: failed\"} | FAILED",
                "{\"error\":true,\"error_message\":\"The payment status is already paid.\"} | PAID",
                "{\"error\":true,\"error_message\":\"status='paid'\",\"status\":\"approved\"} | PAID",
                "{\"error\":true,\"status\":\"paid\",\"cut off in the mid | PAID"
            })
    void an_error_that_names_the_status_is_the_refusal_by_check_pending(String body, ShopStatus status) {
        NotifyReading refusal = new NotifyReading.RefusedByCheckPending(status);

        assertThat(read(200, body)).isEqualTo(refusal);
        assertThat(read(409, body)).isEqualTo(refusal);
        assertThat(read(500, body)).isEqualTo(refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":true}",
                "{\"error\":1}",
                "{\"error\":[]}",
                "{\"error\":true,\"error_code\":401,\"error_message\":\"Unauthorized\"}",
                "{\"error\":true,\"error_message\":\"Signature check failed\"}",
                "{\"error\":true,\"error_message\":\"Update of the payment status failed\"}",
                "{\"error\":true,\"result\":\"failed\"}",
                "{\"error\":true,\"from\":\"pending\",\"to\":\"paid\"}",
                "{\"error\":true,\"status\":\"unpaid\"}",
                "{\"error\":true,\"status\":\"refunded\"}",
                "{\"error\":true,\"error_message\":\"status is paidish\"}"
            })
    void an_error_that_names_no_certain_status_is_unreadable(String body) {
        assertThat(read(200, body)).isEqualTo(UNREADABLE);
        assertThat(read(400, body)).isEqualTo(UNREADABLE);
        assertThat(read(409, body)).isEqualTo(UNREADABLE);
    }

    @Test
    void a_status_is_no_refusal_when_check_pending_was_not_sent() {
        byte[] body = bytes("{\"error\":true,\"status\":\"paid\"}");

        assertThat(NotifyAnswer.read(200, body, false, null, NOW)).isEqualTo(UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 401, 403, 404, 405, 410, 429, 500, 502, 503, 504})
    void any_other_status_may_pass_and_is_tried_again(int status) {
        NotifyReading failure = new NotifyReading.TemporaryFailure("http-" + status, Optional.empty());

        assertThat(read(status, "")).isEqualTo(failure);
        assertThat(read(status, "{\"error\":true,\"error_message\":\"no\"}")).isEqualTo(failure);
    }

    @Test
    void a_client_error_without_a_readable_body_may_pass() {
        assertThat(read(400, "Bad Request"))
                .isEqualTo(new NotifyReading.TemporaryFailure("http-400", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                " 0 | PT0S",
                "Sun, 01 Mar 2026 12:05:00 GMT | PT5M",
                "Sun, 01 Mar 2026 11:00:00 GMT | PT0S",
            })
    void the_shops_wish_to_wait_is_read(String header, Duration wait) {
        assertThat(NotifyAnswer.read(503, new byte[0], true, header, NOW))
                .isEqualTo(new NotifyReading.TemporaryFailure("http-503", Optional.of(wait)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999", "Sun, 32 Mar 2026 12:05:00 GMT"})
    void an_unreadable_wish_to_wait_is_none(String header) {
        assertThat(NotifyAnswer.read(503, new byte[0], true, header, NOW))
                .isEqualTo(new NotifyReading.TemporaryFailure("http-503", Optional.empty()));
    }

    @Test
    void what_lies_beyond_the_limit_is_ignored() {
        String padding = " ".repeat(NotifyAnswer.MAX_BODY_BYTES);

        assertThat(read(200, "{\"x\":1," + padding + "\"error\":true}")).isEqualTo(DELIVERED);
        assertThat(read(200, "{\"error\":true," + padding + "\"status\":\"paid\"}"))
                .isEqualTo(UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "PAID, APPROVED, true", "FAILED, FAILED, true", "PENDING, APPROVED, false",
        "PENDING, FAILED, false", "PAID, FAILED, false", "FAILED, APPROVED, false"
    })
    void a_reported_status_agrees_only_with_what_it_means(ShopStatus reported, NotifyStatus told, boolean agrees) {
        assertThat(reported.agreesWith(told)).isEqualTo(agrees);
    }

    @Property
    void any_answer_is_read_without_an_exception(
            @ForAll @IntRange(min = 100, max = 999) int status, @ForAll byte[] body, @ForAll String header) {
        assertThat(NotifyAnswer.read(status, body, true, header, NOW)).isNotNull();
    }

    @Property
    void any_text_in_a_reported_error_is_never_a_delivery(@ForAll String text) {
        String body = "{\"error\":true,\"status\":\"" + text + "\"}";

        assertThat(read(200, body)).isNotEqualTo(DELIVERED);
    }

    private static NotifyReading read(int status, String body) {
        return NotifyAnswer.read(status, bytes(body), true, null, NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
