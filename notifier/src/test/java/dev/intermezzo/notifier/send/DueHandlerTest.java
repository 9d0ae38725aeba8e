package dev.intermezzo.notifier.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is posted once, and what is reported of the answer. */
class DueHandlerTest {

    private final ToldShop told = new ToldShop();

    @AfterEach
    void stop() {
        told.close();
    }

    @ParameterizedTest
    @EnumSource(FormEncoding.class)
    void a_message_is_posted_once_signed_in_the_documented_order(FormEncoding encoding) {
        // When
        NotificationResult result =
                told.handler(encoding).handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.DELIVERED);
        assertThat(result.getHttpStatus()).isEqualTo(200);
        TestingShop.Posted posted =
                assertThat(told.shop.posted()).singleElement().actual();
        MozelloForm form = ToldShop.form(posted);
        assertThat(form.names()).containsExactly("order_uuid", "status", "check_pending", "signature");
        assertThat(form.value("status")).contains("approved");
        assertThat(told.isSignedWith(ToldShop.OLD_KEY)).isTrue();
    }

    @Test
    void a_report_names_its_attempt_and_derives_its_id_from_the_due_message() {
        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getId()).isEqualTo(ToldShop.PAYMENT + "#1.0@2:result");
        assertThat(result.getRequestId()).isEqualTo(ToldShop.PAYMENT + "#1.0");
        assertThat(result.getAttempt()).isEqualTo(2);
        assertThat(result.getPaymentId()).isEqualTo(ToldShop.PAYMENT);
        assertThat(result.getOccurredAt()).isEqualTo(ToldShop.NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"error\":false}                            | DELIVERED        |",
                "200 | <p>thanks</p>                                | DELIVERED        |",
                "200 | {\"error\":true,\"payment_status\":\"paid\"} | NOT_PENDING      | paid",
                "200 | {\"error\":true}                             | ERROR_UNREADABLE |",
                "500 | oops                                         | FAILED           |",
                "302 | elsewhere                                    | FAILED           |",
            })
    void the_shops_answer_is_reported(int status, String body, SendOutcome outcome, String shopStatus) {
        // Given
        told.shop.answers(status, body);

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(outcome);
        assertThat(result.getHttpStatus()).isEqualTo(status);
        assertThat(result.getShopStatus()).isEqualTo(shopStatus);
        assertThat(told.shop.posted()).hasSize(1);
    }

    @Test
    void a_503_is_not_sent_again_and_its_retry_after_is_reported() {
        // Given
        told.shop.answers(503, Map.of("Retry-After", "120"));

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.FAILED);
        assertThat(result.getRetryAfterSeconds()).isEqualTo(120);
        assertThat(told.shop.posted()).hasSize(1);
    }

    @Test
    void a_redirect_is_not_followed() {
        // Given
        try (TestingShop elsewhere = new TestingShop()) {
            told.shop.answers(307, Map.of("Location", elsewhere.address()));

            // When
            told.handle(told.due("key-1"));

            // Then
            assertThat(elsewhere.posted()).isEmpty();
        }
    }

    @Test
    void a_shop_that_hangs_is_unanswered_at_the_deadline() {
        // Given
        told.shop.hangs();

        // When
        NotificationResult result = told.handler(FormEncoding.MULTIPART, Duration.ofMillis(400))
                .handle(told.due("key-1"))
                .orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.UNANSWERED);
        assertThat(result.getHttpStatus()).isZero();
        assertThat(told.shop.posted()).hasSize(1);
    }

    @Test
    void a_connection_that_is_dropped_after_the_request_is_unanswered() {
        // Given
        told.shop.drops();

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.UNANSWERED);
        assertThat(told.shop.posted()).hasSize(1);
    }

    @Test
    void a_shop_that_nobody_answers_for_was_not_sent_anything() {
        // Given
        NotificationDue due = told.due("key-1");
        told.shop.close();

        // When
        NotificationResult result = told.handle(due).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
    }

    @Test
    void a_due_message_that_comes_too_late_is_dropped_without_a_word() {
        // Given
        NotificationDue due = told.due("key-1");
        told.now = due.getNotAfter().plusMillis(1);

        // When
        Optional<NotificationResult> result = told.handle(due);

        // Then
        assertThat(result).isEmpty();
        assertThat(told.shop.posted()).isEmpty();
    }

    @Test
    void a_host_that_keeps_failing_is_left_alone_and_the_message_deferred() {
        // Given
        told.shop.answers(500, "");
        for (int n = 0; n < 3; n++) {
            told.handle(told.due("key-1"));
        }

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.DEFERRED);
        assertThat(result.getRetryAfterSeconds()).isEqualTo(5);
        assertThat(told.shop.posted()).hasSize(3);
    }
}
