package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.choosing;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.missing;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Fixtures.sealed;
import static dev.intermezzo.orchestrator.payment.Fixtures.sealedVoucher;
import static dev.intermezzo.orchestrator.payment.Fixtures.voucher;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever sends a form means what the page showed: once that has begun, the form begins nothing else. */
class OutdatedFormTest {

    private static final PaymentPlan PLAN = plan(route("PAYONE"));
    private static final PaymentPlan CHOICE = choosing(route("PAYONE"), voucher("FLEXEPIN"));
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private static Fact.BuyerAskedAgain again(PaymentPlan plan, int attempt) {
        return new Fact.BuyerAskedAgain(true, null, plan, attempt);
    }

    private static Fact.BuyerDetailsSubmitted details(PaymentPlan plan, SealedData typed, int attempt) {
        return new Fact.BuyerDetailsSubmitted("FLEXEPIN", sealed(2), plan, typed, attempt);
    }

    @Test
    void two_tabs_that_start_again_start_again_once() {
        Scenario story =
                Scenario.atProvider(route("PAYONE")).take(again(PLAN, 2)).pageOpened("tx-2");

        story.take(again(PLAN, 2));

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.FORM_OUTDATED);
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.dossier().attempts()).hasSize(2);
        assertThat(story.page(2).taken()).isFalse();
    }

    @Test
    void a_voucher_typed_for_an_attempt_that_was_declined_meanwhile_is_not_redeemed_in_the_next() {
        Scenario story = story().checkout(form(CHOICE))
                .take(details(CHOICE, sealedVoucher(1), 1))
                .answer(new CashierOutcome.Rejected(RejectionCategory.VOUCHER_REJECTED, "rejected", List.of()))
                .asksAgain(true, "FLEXEPIN", CHOICE);

        story.take(details(CHOICE, sealedVoucher(2), 1));

        assertThat(story.reason()).isEqualTo(Reason.FORM_OUTDATED);
        assertThat(story.kind()).isEqualTo(StateKind.AWAITING_BUYER);
        assertThat(story.calls()).hasSize(1);
        assertThat(story.take(details(CHOICE, sealedVoucher(2), 2)).calls()).hasSize(2);
    }

    @Test
    void a_wish_that_was_sent_before_a_decline_was_known_is_met_by_what_has_begun() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(DECLINED, "tx-1", "100.00")
                .take(again(PLAN, 2))
                .pageOpened("tx-2")
                .webhook(DECLINED, "tx-2", "100.00");

        story.take(again(PLAN, 2));

        assertThat(story.reason()).isEqualTo(Reason.FORM_OUTDATED);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.take(again(PLAN, 3)).kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @Test
    void a_form_of_an_older_build_says_no_attempt_and_is_taken_as_before() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(DECLINED, "tx-1", "100.00");

        story.asksAgain(true, PLAN);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.dossier().attempts()).hasSize(2);
    }

    @Test
    void the_second_of_two_clicks_in_the_shop_begins_no_second_attempt_when_it_comes_after_the_decline() {
        Scenario story = story().checkout(form(PLAN))
                .pageOpened("tx-1")
                .later(MOMENT)
                .webhook(DECLINED, "tx-1", "100.00")
                .later(MOMENT.negated());

        story.checkout(form(PLAN));

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason()).isEqualTo(Reason.CHECKOUT_OVERTAKEN);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void a_buyer_who_went_back_to_the_shop_stays_there_whatever_was_still_on_its_way() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .later(MOMENT)
                .webhook(DECLINED, "tx-1", "100.00")
                .givesUp()
                .later(MOMENT.negated())
                .checkout(form(PLAN));
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);

        story.later(MOMENT.plusSeconds(1)).checkout(form(PLAN));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.dossier().attempts()).hasSize(2);
    }

    @Test
    void an_overtaken_form_does_not_take_the_place_of_details_that_were_given_since() {
        PaymentPlan two = plan(missing("PAYONE", "phone", "city"));
        PaymentPlan one = plan(missing("PAYONE", "city"));
        Scenario story = story().checkout(form(two)).later(MOMENT).details(one).later(MOMENT.negated());

        story.checkout(form(two));

        assertThat(story.reason()).isEqualTo(Reason.CHECKOUT_OVERTAKEN);
        assertThat(story.view().missingFields()).containsExactly("city");
        assertThat(story.dossier().buyer()).containsExactly(sealed(1), sealed(2));
    }

    @ParameterizedTest(name = "{0} s behind: {1}")
    @CsvSource({"0, IN_PROGRESS", "1, NOT_PAID", "299, NOT_PAID", "300, IN_PROGRESS", "7200, IN_PROGRESS"})
    void a_form_that_is_far_behind_was_stamped_by_a_wrong_clock_and_its_buyer_is_not_kept_out(
            int secondsBehind, StateKind expected) {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .later(Duration.ofHours(3))
                .webhook(DECLINED, "tx-1", "100.00")
                .later(Duration.ofSeconds(secondsBehind).negated());

        story.checkout(form(PLAN));

        assertThat(story.kind()).isEqualTo(expected);
    }
}
