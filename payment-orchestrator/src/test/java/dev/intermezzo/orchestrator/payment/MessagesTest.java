package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.late;
import static dev.intermezzo.orchestrator.payment.Fixtures.missing;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Fixtures.silentPlan;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the shop and the buyer are told (payments §7), and what time does. */
class MessagesTest {

    private static Scenario declined() {
        return Scenario.atProvider(route("PAYONE")).webhook(DECLINED, "tx-1", null);
    }

    @Test
    void back_to_the_shop_after_a_decline_tells_failed() {
        Scenario story = declined().givesUp();

        assertThat(story.told()).singleElement().satisfies(told -> {
            assertThat(told.status()).isEqualTo(NotifyStatus.FAILED);
            assertThat(told.checkPending()).isTrue();
        });
        assertThat(story.view().closedForBuyer()).isTrue();
        assertThat(story.asksAgain(true, plan(route("PAYONE"))).reason()).isEqualTo(Reason.ORDER_CLOSED);
    }

    @Test
    void the_end_of_the_order_time_after_a_decline_tells_failed() {
        Scenario story = declined().fires(TimerKind.ORDER_TIME);

        assertThat(story.told()).singleElement().satisfies(told -> {
            assertThat(told.status()).isEqualTo(NotifyStatus.FAILED);
            assertThat(told.checkPending()).isTrue();
        });
        assertThat(story.state().time()).isEqualTo(Fixtures.START.plus(Duration.ofDays(1)));
        assertThat(story.view().closedForBuyer())
                .as("the buyer is led to the failure address")
                .isTrue();
    }

    @Test
    void another_method_after_a_decline_keeps_the_shop_waiting() {
        Scenario story = declined().asksAgain(false, plan(route("CLEO")));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void without_any_word_the_shop_is_told_failed_after_order_time_and_late_window() {
        Scenario story = Scenario.atProvider(route("PAYONE")).fires(TimerKind.ORDER_TIME);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.EXPIRED);
        assertThat(story.told()).isEmpty();

        story.fires(TimerKind.LATE_WINDOW);

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
        assertThat(story.told().getFirst().checkPending()).isTrue();
        assertThat(story.state().time()).isEqualTo(Fixtures.START.plus(Duration.ofDays(2)));
    }

    @ParameterizedTest
    @CsvSource({"false, PT96H", "true, PT48H"})
    void the_longest_late_window_of_what_may_still_be_paid_is_waited_for(boolean firstDeclined, Duration told) {
        Scenario story = Scenario.atProvider(late("FORUMPAY", Duration.ofDays(3)));
        if (firstDeclined) {
            story.webhook(DECLINED, "tx-1", null);
        }
        story.asksAgain(true, plan(late("TRUST", Duration.ofDays(1)))).pageOpened("tx-2");

        story.fires(TimerKind.ORDER_TIME).fires(TimerKind.LATE_WINDOW);

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
        assertThat(story.state().time()).isEqualTo(Fixtures.START.plus(told));
    }

    @Test
    void the_merchant_may_want_silence_instead() {
        Scenario story = story().checkout(form(silentPlan(route("PAYONE"))))
                .pageOpened("tx-1")
                .fires(TimerKind.ORDER_TIME)
                .fires(TimerKind.LATE_WINDOW);

        assertThat(story.told()).isEmpty();
    }

    @Test
    void giving_up_at_the_provider_tells_nothing_until_the_provider_said_no() {
        Scenario story = Scenario.atProvider(route("PAYONE")).givesUp();
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.told()).isEmpty();

        story.webhook(DECLINED, "tx-1", null);

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
    }

    @Test
    void giving_up_before_any_attempt_tells_failed() {
        Scenario story =
                story().checkout(form(plan(missing("PAYONE", "phone")))).givesUp();

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
    }

    @Test
    void an_unknown_attempt_keeps_the_shop_waiting() {
        Scenario story = story().checkout(form(plan(route("PAYONE"), route("CLEO"))))
                .fires(TimerKind.CASHIER_ANSWER)
                .fires(TimerKind.CASHIER_ANSWER)
                .pageOpened("tx-2")
                .webhook(DECLINED, "tx-2", null)
                .givesUp();

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void an_approval_after_a_delivered_failed_is_told_without_check_pending() {
        Scenario story =
                declined().givesUp().ended(NotificationEnd.DELIVERED, null).webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED, NotifyStatus.APPROVED);
        assertThat(story.told().getLast().checkPending()).isFalse();
    }

    @Test
    void an_approval_while_failed_is_on_its_way_is_told_without_check_pending() {
        Scenario story = declined().givesUp().webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.told().getLast().status()).isEqualTo(NotifyStatus.APPROVED);
        assertThat(story.told().getLast().checkPending()).isFalse();
    }

    @Test
    void an_approval_after_the_shop_went_its_own_way_is_a_case_and_not_a_message() {
        Scenario story = declined()
                .givesUp()
                .ended(NotificationEnd.SHOP_DISAGREES, "cancelled")
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
        assertThat(story.openCases()).containsExactly(CaseKind.SHOP_DISAGREES, CaseKind.SHOP_DISAGREES);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 2", "failed, 2", "refunded, 1", "paid, 1"})
    void after_a_delivered_failed_the_shops_last_known_status_decides(@Nullable String shopStatus, int messages) {
        Scenario story = declined()
                .givesUp()
                .ended(NotificationEnd.DELIVERED, shopStatus)
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.told()).hasSize(messages);
        assertThat(story.openCases()).hasSize(2 - messages);
    }

    @Test
    void a_payment_under_review_tells_the_shop_nothing_when_its_time_is_over() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(APPROVED, "tx-1", "90.00");

        story.fires(TimerKind.ORDER_TIME);

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void approved_is_never_followed_by_failed() {
        Scenario story = Scenario.approved().webhook(DECLINED, "tx-1", null).givesUp();

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void failed_is_told_once_however_often_the_order_is_tried() {
        Scenario story = declined()
                .givesUp()
                .checkout(form(plan(route("PAYONE"))))
                .pageOpened("tx-2")
                .webhook(DECLINED, "tx-2", null)
                .givesUp();

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
    }

    @Test
    void a_shop_that_disagrees_is_a_case() {
        Scenario story = Scenario.approved().ended(NotificationEnd.SHOP_DISAGREES, "failed");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.openCases()).containsExactly(CaseKind.SHOP_DISAGREES);
        assertThat(story.told()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"PARKED", "SUPERSEDED", "OTHER"})
    void a_message_that_ended_otherwise_is_remembered(NotificationEnd end) {
        Scenario story = Scenario.approved().ended(end, null);

        assertThat(story.dossier().messages()).extracting(Message::end).containsExactly(end);
        assertThat(story.ended(NotificationEnd.DELIVERED, null).dossier().messages())
                .extracting(Message::end)
                .containsExactly(NotificationEnd.DELIVERED);
        assertThat(story.ended(NotificationEnd.PARKED, null).reason()).isEqualTo(Reason.MESSAGE_ENDED_BEFORE);
    }

    @Test
    void a_parked_message_is_tried_again_when_one_person_says_that_the_shop_works() {
        Scenario story = Scenario.approved().ended(NotificationEnd.PARKED, null);
        Command.TellShop told = story.told().getLast();

        story.actAlone(new Act.ShopReleased(Fixtures.MERCHANT));

        assertThat(story.reason()).isEqualTo(Reason.MESSAGE_REDRIVEN);
        assertThat(story.commands(Command.TellShopAgain.class)).singleElement().satisfies(again -> {
            assertThat(again.requestId()).isEqualTo(told.id()).isNotEqualTo(again.id());
            assertThat(again.status()).isEqualTo(told.status());
            assertThat(again.checkPending()).isEqualTo(told.checkPending());
            assertThat(again.notifyUrl()).isEqualTo(told.notifyUrl());
            assertThat(again.orderUuid()).isEqualTo(told.orderUuid());
        });
        assertThat(story.dossier().messages())
                .extracting(Message::end)
                .as("the schedule is at it again")
                .containsOnlyNulls();
        assertThat(story.told()).as("no new message").hasSize(1);
    }

    @Test
    void a_repeated_release_tries_nothing_until_the_message_is_parked_again() {
        Scenario story = Scenario.approved()
                .ended(NotificationEnd.PARKED, null)
                .actAlone(new Act.ShopReleased(Fixtures.MERCHANT));

        story.actAlone(new Act.ShopReleased(Fixtures.MERCHANT));
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason()).isEqualTo(Reason.NOTHING_PARKED);

        story.ended(NotificationEnd.PARKED, null).actAlone(new Act.ShopReleased(Fixtures.MERCHANT));
        assertThat(story.commands(Command.TellShopAgain.class)).hasSize(2);
    }

    @Test
    void another_shops_release_and_a_delivered_message_try_nothing() {
        Scenario parked = Scenario.approved().ended(NotificationEnd.PARKED, null);
        Scenario delivered = Scenario.approved().ended(NotificationEnd.DELIVERED, null);

        assertThat(parked.actAlone(new Act.ShopReleased("other-shop")).reason()).isEqualTo(Reason.NOTHING_PARKED);
        assertThat(delivered.actAlone(new Act.ShopReleased(Fixtures.MERCHANT)).reason())
                .isEqualTo(Reason.NOTHING_PARKED);
        assertThat(parked.commands(Command.TellShopAgain.class)).isEmpty();
    }

    @Test
    void a_parked_failed_is_not_tried_again_after_approved_was_told() {
        Scenario story = declined().givesUp().ended(NotificationEnd.PARKED, null);
        story.webhook(APPROVED, "tx-1", "100.00");
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED, NotifyStatus.APPROVED);

        assertThat(story.actAlone(new Act.ShopReleased(Fixtures.MERCHANT)).reason())
                .isEqualTo(Reason.NOTHING_PARKED);
        assertThat(story.commands(Command.TellShopAgain.class)).isEmpty();
    }

    @Test
    void a_parked_failed_is_not_tried_again_when_the_shop_says_that_the_order_was_paid_otherwise() {
        Scenario story = declined().givesUp().ended(NotificationEnd.PARKED, null);
        story.take(new Fact.ShopOrderChanged(ShopOrderStatus.PAID, null, null));

        assertThat(story.actAlone(new Act.ShopReleased(Fixtures.MERCHANT)).reason())
                .isEqualTo(Reason.ORDER_PAID_OTHERWISE);
        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.commands(Command.TellShopAgain.class)).isEmpty();
    }

    @Test
    void a_stub_has_no_message_left_to_try_again() {
        Scenario story = Scenario.approved().ended(NotificationEnd.PARKED, null);
        while (story.kind() != StateKind.RETIRED) {
            story.fires(TimerKind.RETIREMENT);
        }

        assertThat(story.actAlone(new Act.ShopReleased(Fixtures.MERCHANT)).reason())
                .isEqualTo(Reason.PAYMENT_RETIRED);
    }

    @Test
    void a_timer_that_was_replaced_says_nothing() {
        Scenario story = declined();
        ArmedTimer old = story.dossier().timer(TimerKind.ORDER_TIME, 0).orElseThrow();
        story.later(Duration.ofHours(1)).checkout(form(plan(route("PAYONE"))));
        PaymentState before = story.state();

        story.fires(old);

        assertThat(story.verdict()).isEqualTo(Verdict.REPEATED);
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void a_quiet_payment_retires_after_sixty_days_and_late_events_meet_its_stub() {
        Scenario story = Scenario.approved().ended(NotificationEnd.DELIVERED, null);
        story.fires(TimerKind.RETIREMENT);
        assertThat(story.kind()).isEqualTo(StateKind.RETIRED);

        assertThat(story.checkout(form(plan(route("PAYONE")))).verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.checkout(form(Fixtures.cad("1.00"), "key-a", plan(route("PAYONE"))))
                        .verdict())
                .isEqualTo(Verdict.REFUSED);
        assertThat(story.webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00"))
                        .reason())
                .isEqualTo(Reason.APPROVED_BEFORE);
        assertThat(story.webhook(1, Fixtures.webhook(APPROVED, "tx-9", "100.00"))
                        .reason())
                .isEqualTo(Reason.APPROVED_AFTER_RETIREMENT);
        assertThat(story.webhook(1, Fixtures.webhook(DECLINED, "tx-1", null)).reason())
                .isEqualTo(Reason.DECLINED_AFTER_APPROVAL);
        assertThat(((Retired) story.state()).cases())
                .extracting(Case::kind)
                .containsExactly(CaseKind.ORPHAN_PAYMENT, CaseKind.REVERSAL);
    }

    @Test
    void a_payment_with_an_open_matter_does_not_retire() {
        Scenario story = Scenario.approved().fires(TimerKind.RETIREMENT);

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.reason()).isEqualTo(Reason.RETIREMENT_POSTPONED);
    }
}
