package dev.intermezzo.notifier.schedule;

import static dev.intermezzo.schemas.avro.NotifyStatus.APPROVED;
import static dev.intermezzo.schemas.avro.NotifyStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    private final OneOrder order = OneOrder.standard();

    @Test
    void a_request_is_sent_at_once_and_may_be_acted_on_for_thirty_seconds() {
        // When
        order.request(1, APPROVED);

        // Then
        NotificationDue due = order.lastSent();
        assertThat(due.getId()).isEqualTo(Messages.PAYMENT + "#1.0@1");
        assertThat(due.getAttempt()).isEqualTo(1);
        assertThat(due.getEarlierUnanswered()).isFalse();
        assertThat(due.getRequest()).isEqualTo(Messages.request(1, APPROVED));
        assertThat(due.getOccurredAt()).isEqualTo(order.now());
        assertThat(due.getNotAfter()).isEqualTo(order.now().plusSeconds(30));
        assertThat(order.phase()).isEqualTo(SchedulePhase.SENT);
    }

    @Test
    void a_delivered_message_ends_once() {
        // Given
        order.request(1, APPROVED).pass(Duration.ofMillis(40));

        // When
        order.report(SendOutcome.DELIVERED);

        // Then
        assertThat(order.ends()).containsExactly("1 APPROVED DELIVERED");
        assertThat(order.ended().getFirst().getAttempts()).isEqualTo(1);
        assertThat(order.phase()).isEqualTo(SchedulePhase.IDLE);
        assertThat(order.state().getDelivered()).isEqualTo(APPROVED);
    }

    @Test
    void an_end_names_its_payment_and_derives_its_id_from_the_request() {
        // Given
        order.request(1, APPROVED);

        // When
        order.report(SendOutcome.DELIVERED);

        // Then
        InternalEvent event = assertThat(order.lastOutputs())
                .singleElement(InstanceOfAssertFactories.type(ScheduleOutput.End.class))
                .actual()
                .event();
        assertThat(event.getId()).isEqualTo(Messages.PAYMENT + "#1.0:ended");
        assertThat(event.getPaymentId()).isEqualTo(Messages.PAYMENT);
        assertThat(event.getMerchantId()).isEqualTo("demo-shop");
        assertThat(event.getOccurredAt()).isEqualTo(order.now());
    }

    @ParameterizedTest
    @EnumSource(
            value = SendOutcome.class,
            names = {"FAILED", "UNANSWERED", "NOT_SENT", "OTHER"})
    void a_message_that_did_not_arrive_is_tried_thirteen_times_over_three_days_and_parked(SendOutcome outcome) {
        // Given
        List<Duration> standard = SchedulePolicy.standard().delays();
        List<Duration> waits = new ArrayList<>();
        order.request(1, APPROVED);

        // When
        while (order.phase() == SchedulePhase.SENT) {
            order.report(outcome);
            if (order.phase() == SchedulePhase.WAITING_UNTIL_DUE) {
                waits.add(order.untilDueTime());
                order.untilDue();
            }
        }

        // Then
        assertThat(waits).hasSize(12);
        for (int n = 0; n < waits.size(); n++) {
            long middle = standard.get(n + 1).toMillis();
            assertThat(waits.get(n).toMillis()).isBetween(middle * 8 / 10, middle * 12 / 10);
        }
        assertThat(order.sent())
                .extracting(NotificationDue::getAttempt)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(order.ends()).containsExactly("1 APPROVED PARKED");
        assertThat(order.phase()).isEqualTo(SchedulePhase.PARKED);
    }

    @Test
    void the_standard_schedule_takes_about_seventy_six_hours() {
        Duration all = SchedulePolicy.standard().delays().stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isBetween(Duration.ofHours(75), Duration.ofHours(77));
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "86400, 86400", "86401, 86400", "2000000000, 86400"})
    void a_shop_that_asks_for_a_longer_wait_is_given_it_up_to_a_day(int asked, int granted) {
        // Given
        order.request(1, APPROVED);

        // When
        order.report(Messages.report(order.lastSent(), SendOutcome.FAILED).retryAfter(asked));

        // Then
        assertThat(order.untilDueTime()).isEqualTo(Duration.ofSeconds(granted));
    }

    @Test
    void a_shop_that_always_asks_to_come_back_at_once_does_not_use_up_the_attempts() {
        // Given
        order.request(1, APPROVED);

        // When
        order.report(Messages.report(order.lastSent(), SendOutcome.FAILED).retryAfter(0));

        // Then
        assertThat(order.untilDueTime()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    }

    @Test
    void a_deferred_message_is_issued_again_later_as_the_same_attempt() {
        // Given
        order.request(1, APPROVED);

        // When
        order.report(Messages.report(order.lastSent(), SendOutcome.DEFERRED).retryAfter(20));
        Duration wait = order.untilDueTime();
        order.untilDue();

        // Then
        assertThat(wait).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
        assertThat(order.sent())
                .extracting(NotificationDue::getId)
                .containsExactly(Messages.PAYMENT + "#1.0@1", Messages.PAYMENT + "#1.0@1");
        assertThat(order.lastSent().getEarlierUnanswered()).isFalse();
    }

    @Test
    void however_often_it_is_deferred_a_message_keeps_all_its_attempts() {
        // Given
        order.request(1, APPROVED);

        // When
        for (int n = 0; n < 40; n++) {
            order.report(SendOutcome.DEFERRED).untilDue();
        }
        order.untilItStops(SendOutcome.FAILED);

        // Then
        assertThat(order.ended())
                .singleElement()
                .satisfies(end -> assertThat(end.getAttempts()).isEqualTo(13));
    }

    @Test
    void a_message_without_a_report_is_issued_again_after_its_lease_and_counts_as_unanswered() {
        // Given
        order.request(1, APPROVED);

        // When
        Duration lease = order.untilDueTime();
        order.untilDue();

        // Then
        assertThat(lease).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
        assertThat(order.lastSent().getAttempt()).isEqualTo(1);
        assertThat(order.lastSent().getEarlierUnanswered()).isTrue();
        assertThat(order.sent()).hasSize(2);
    }

    @Test
    void a_report_from_before_the_reissue_does_not_answer_the_reissue() {
        // Given
        order.request(1, APPROVED);
        NotificationDue first = order.lastSent();
        order.untilDue();

        // When
        order.report(Messages.report(first, SendOutcome.FAILED));

        // Then
        assertThat(order.phase()).isEqualTo(SchedulePhase.SENT);
        assertThat(order.lastOutputs()).isEmpty();
    }

    @Test
    void a_late_word_that_the_message_arrived_ends_the_waiting() {
        // Given
        order.request(1, APPROVED);
        NotificationDue first = order.lastSent();
        order.untilDue().report(SendOutcome.FAILED);

        // When
        order.report(Messages.report(first, SendOutcome.DELIVERED));

        // Then
        assertThat(order.ends()).containsExactly("1 APPROVED DELIVERED");
        assertThat(order.phase()).isEqualTo(SchedulePhase.IDLE);
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED, false, paid,     DELIVERED",
        "APPROVED, false, approved, DELIVERED",
        "APPROVED, false, Paid,     DELIVERED",
        "FAILED,   false, failed,   DELIVERED",
        "APPROVED, true,  paid,     DELIVERED",
        "APPROVED, false, failed,   SHOP_DISAGREES",
        "FAILED,   false, paid,     SHOP_DISAGREES",
        "APPROVED, true,  failed,   SHOP_DISAGREES",
        "FAILED,   true,  paid,     SHOP_DISAGREES",
        "APPROVED, false, refunded, SHOP_DISAGREES",
        "APPROVED, true,  refunded, DELIVERED",
        "APPROVED, true,  '',       DELIVERED",
    })
    void a_refusal_by_check_pending_is_an_answer(NotifyStatus told, boolean unanswered, String says, String end) {
        // Given
        order.request(1, told);
        if (unanswered) {
            order.report(SendOutcome.UNANSWERED).untilDue();
        }

        // When
        order.report(Messages.report(order.lastSent(), SendOutcome.NOT_PENDING).shopSays(says));

        // Then
        assertThat(order.ends()).containsExactly("1 " + told + " " + end);
        assertThat(order.ended().getFirst().getShopStatus()).isEqualTo(says);
        assertThat(order.phase()).isEqualTo(SchedulePhase.IDLE);
    }

    @ParameterizedTest
    @CsvSource({"ERROR_UNREADABLE, ''", "NOT_PENDING, ''", "NOT_PENDING, pending"})
    void an_error_that_says_nothing_is_tried_twice_more_and_parked(SendOutcome outcome, String says) {
        // Given
        order.request(1, APPROVED);

        // When
        for (int n = 0; n < 2; n++) {
            order.report(Messages.report(order.lastSent(), outcome).shopSays(says));
            assertThat(order.phase()).isEqualTo(SchedulePhase.WAITING_UNTIL_DUE);
            order.untilDue();
        }
        order.report(Messages.report(order.lastSent(), outcome).shopSays(says));

        // Then
        assertThat(order.ends()).containsExactly("1 APPROVED PARKED");
        assertThat(order.sent()).hasSize(3);
    }

    @Test
    void a_request_that_comes_while_one_is_in_flight_waits_for_its_report() {
        // Given
        order.request(1, FAILED).request(2, APPROVED);
        assertThat(order.sent()).hasSize(1);

        // When
        order.report(SendOutcome.DELIVERED);

        // Then
        assertThat(order.ends()).containsExactly("1 FAILED DELIVERED");
        assertThat(order.lastSent().getRequest().getId()).isEqualTo(Messages.PAYMENT + "#2.0");
        assertThat(order.lastSent().getAttempt()).isEqualTo(1);
    }

    @Test
    void of_two_that_wait_the_latest_wins() {
        // Given
        order.request(1, FAILED).request(2, FAILED);

        // When
        order.request(3, APPROVED);

        // Then
        assertThat(order.ends()).containsExactly("2 FAILED SUPERSEDED");
        assertThat(order.state().getWaiting()).isEqualTo(Messages.request(3, APPROVED));
    }

    @Test
    void an_approved_that_waits_is_not_replaced_by_a_failed() {
        // Given
        order.request(1, FAILED).request(2, APPROVED);

        // When
        order.request(3, FAILED);

        // Then
        assertThat(order.ends()).containsExactly("3 FAILED SUPERSEDED");
        assertThat(order.state().getWaiting()).isEqualTo(Messages.request(2, APPROVED));
    }

    @Test
    void a_failed_that_comes_after_a_delivered_approved_is_never_sent() {
        // Given
        order.request(1, APPROVED).report(SendOutcome.DELIVERED);

        // When
        order.request(2, FAILED);

        // Then
        assertThat(order.ends()).containsExactly("1 APPROVED DELIVERED", "2 FAILED SUPERSEDED");
        assertThat(order.sent()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = SendOutcome.class,
            names = {"FAILED", "UNANSWERED", "NOT_SENT", "DEFERRED", "ERROR_UNREADABLE"})
    void an_undelivered_message_gives_way_to_the_one_that_waits(SendOutcome outcome) {
        // Given
        order.request(1, FAILED).request(2, APPROVED);

        // When
        order.report(outcome);

        // Then
        assertThat(order.ends()).containsExactly("1 FAILED SUPERSEDED");
        assertThat(order.lastSent().getRequest()).isEqualTo(Messages.request(2, APPROVED));
    }

    @Test
    void a_message_whose_report_was_lost_gives_way_to_the_one_that_waits() {
        // Given
        order.request(1, FAILED).request(2, APPROVED);

        // When
        order.untilDue();

        // Then
        assertThat(order.ends()).containsExactly("1 FAILED SUPERSEDED");
        assertThat(order.lastSent().getRequest()).isEqualTo(Messages.request(2, APPROVED));
    }

    @Test
    void a_report_of_an_earlier_attempt_does_not_answer_the_present_one() {
        // Given
        order.request(1, APPROVED);
        NotificationDue first = order.lastSent();
        order.report(SendOutcome.FAILED).untilDue();

        // When
        order.report(Messages.report(first, SendOutcome.FAILED).at(order.now()));

        // Then
        assertThat(order.phase()).isEqualTo(SchedulePhase.SENT);
        assertThat(order.lastOutputs()).isEmpty();
    }

    @Test
    void an_approved_does_not_wait_for_the_next_attempt_of_a_failed() {
        // Given
        order.request(1, FAILED).report(SendOutcome.FAILED);

        // When
        order.request(2, APPROVED);

        // Then
        assertThat(order.ends()).containsExactly("1 FAILED SUPERSEDED");
        assertThat(order.lastSent().getRequest()).isEqualTo(Messages.request(2, APPROVED));
    }

    @Test
    void a_newer_approved_inherits_that_an_approved_had_no_answer() {
        // Given
        order.request(1, APPROVED).report(SendOutcome.UNANSWERED);

        // When
        order.request(2, APPROVED);

        // Then
        assertThat(order.lastSent().getEarlierUnanswered()).isTrue();
    }

    @Test
    void an_unanswered_failed_says_nothing_about_the_approved_that_follows() {
        // Given
        order.request(1, FAILED).request(2, APPROVED);

        // When
        order.report(SendOutcome.UNANSWERED);

        // Then
        assertThat(order.lastSent().getEarlierUnanswered()).isFalse();
    }

    @Test
    void a_parked_message_is_sent_again_when_an_operator_says_so_and_gets_a_new_round() {
        // Given
        order.request(1, APPROVED).untilItStops(SendOutcome.FAILED);

        // When
        order.redrive(Messages.PAYMENT + "#1.0").report(SendOutcome.FAILED);

        // Then
        assertThat(order.lastSent().getAttempt()).isEqualTo(14);
        assertThat(order.phase()).isEqualTo(SchedulePhase.WAITING_UNTIL_DUE);
        assertThat(order.untilDueTime()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    }

    @Test
    void a_redriven_message_may_end_delivered() {
        // Given
        order.request(1, APPROVED).untilItStops(SendOutcome.FAILED);

        // When
        order.redrive(Messages.PAYMENT + "#1.0").report(SendOutcome.DELIVERED);

        // Then
        assertThat(order.ends()).containsExactly("1 APPROVED PARKED", "1 APPROVED DELIVERED");
    }

    @Test
    void only_the_parked_message_can_be_redriven() {
        // Given
        order.request(1, APPROVED).untilItStops(SendOutcome.FAILED);
        int before = order.sent().size();

        // When
        order.redrive(Messages.PAYMENT + "#2.0");

        // Then
        assertThat(order.sent()).hasSize(before);
    }

    @Test
    void a_repeated_request_changes_nothing_even_after_its_end() {
        // Given
        order.request(1, APPROVED).report(SendOutcome.DELIVERED);

        // When
        order.request(1, APPROVED);

        // Then
        assertThat(order.lastOutputs()).isEmpty();
        assertThat(order.sent()).hasSize(1);
    }

    @Test
    void an_order_with_nothing_open_is_forgotten_after_a_month() {
        // Given
        order.request(1, APPROVED).report(SendOutcome.DELIVERED);
        Duration memory = order.untilDueTime();

        // When
        order.untilDue();

        // Then
        assertThat(memory).isEqualTo(Duration.ofDays(30));
        assertThat(order.isForgotten()).isTrue();
    }

    @Test
    void a_due_time_that_is_not_the_present_one_is_ignored() {
        // Given
        order.request(1, APPROVED);

        // When
        order.take(new ScheduleInput.DueTimeReached(order.state().getDue().minusMillis(1)));

        // Then
        assertThat(order.lastOutputs()).isEmpty();
        assertThat(order.sent()).hasSize(1);
    }

    @Test
    void a_report_about_an_unknown_order_is_ignored() {
        // Given
        NotificationDue due =
                new OneOrder(SchedulePolicy.standard()).request(1, APPROVED).lastSent();

        // When
        order.report(Messages.report(due, SendOutcome.DELIVERED));

        // Then
        assertThat(order.isForgotten()).isTrue();
        assertThat(order.lastOutputs()).isEmpty();
    }
}
