package dev.intermezzo.orchestrator.auditor;

import static dev.intermezzo.orchestrator.payment.Fixtures.PRICE;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.movingMoney;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fixtures;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.Scenario;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import dev.intermezzo.orchestrator.payment.WebhookShape;
import dev.intermezzo.schemas.avro.AuditedPayment;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The auditor's own count of received money, and where it leaves the judgement to others. */
class ToldMoneyTest {
    private static final Money NOTHING = PRICE.minus(PRICE);
    private static final Money TWICE = PRICE.multipliedBy(2);

    @Test
    void money_is_counted_once_by_whatever_name_and_however_often_it_is_told_of() {
        ToldMoney told = heard(opened("tx-1", "db-1")
                .webhook(APPROVED, "tx-1", "100.00")
                .webhook(APPROVED, "db-1", "100.00")
                .webhook(APPROVED, "tx-1", "100.00"));

        assertThat(told.wrong(PRICE, PRICE, false)).isEmpty();
        assertThat(told.wrong(TWICE, PRICE, true))
                .hasValueSatisfying(what -> assertThat(what).contains("200.00", "100.00"));
        assertThat(told.wrong(NOTHING, PRICE, false)).isPresent();
        assertThat(told.wrong(NOTHING, PRICE, true)).isEmpty();
    }

    @Test
    void money_of_another_transaction_is_counted_beside_it() {
        ToldMoney told =
                heard(opened("tx-1").webhook(APPROVED, "tx-1", "100.00").webhook(APPROVED, "tx-2", "100.00"));

        assertThat(told.wrong(TWICE, PRICE, false)).isEmpty();
        assertThat(told.wrong(PRICE, PRICE, false)).isPresent();
    }

    @Test
    void what_is_not_this_money_by_this_way_is_not_counted() {
        Map.of(
                        "another account", webhook("elsewhere", "100.00", "CAD", null, WebhookShape.YEAR_2026),
                        "another provider",
                                webhook(Fixtures.ACCOUNT, "100.00", "CAD", "BRITE_PAYIN", WebhookShape.YEAR_2026),
                        "an old shape", webhook(Fixtures.ACCOUNT, "100.00", "CAD", null, WebhookShape.YEAR_2025),
                        "less", webhook(Fixtures.ACCOUNT, "99.99", "CAD", null, WebhookShape.YEAR_2026),
                        "another currency", webhook(Fixtures.ACCOUNT, "100.00", "EUR", null, WebhookShape.YEAR_2026),
                        "no amount", webhook(Fixtures.ACCOUNT, null, "CAD", null, WebhookShape.YEAR_2026))
                .forEach((what, webhook) -> {
                    ToldMoney told = heard(opened("tx-1").webhook(1, webhook));

                    assertThat(told.wrong(PRICE, PRICE, true)).as(what).isPresent();
                    assertThat(told.wrong(NOTHING, PRICE, false)).as(what).isEmpty();
                });
    }

    @Test
    void an_answer_without_a_name_may_be_counted_and_need_not() {
        ToldMoney told = heard(Scenario.story()
                .checkout(form(plan(movingMoney("NEOSURF"))))
                .answer(new AnsweredAtOnce(APPROVED, List.of(), new BigDecimal("100.0000"), "CAD")));

        assertThat(told.wrong(NOTHING, PRICE, false)).isEmpty();
        assertThat(told.wrong(PRICE, PRICE, false)).isEmpty();
        assertThat(told.wrong(TWICE, PRICE, true)).isPresent();
    }

    @Test
    void money_that_two_persons_counted_may_be_counted() {
        ToldMoney told = heard(opened("tx-1"));

        told.granted(NOTHING, Fixtures.cad("80.00"));

        assertThat(told.wrong(Fixtures.cad("80.00"), PRICE, false)).isEmpty();
        assertThat(told.wrong(Fixtures.cad("80.01"), PRICE, false)).isPresent();
    }

    // Where nothing is judged: a false alarm is worse than none

    @Test
    void an_answer_that_makes_one_of_two_transactions_ends_the_judgement() {
        notJudged(heard(opened("tx-1").webhook(PENDING, "tx-2", null).pageOpened("tx-1", "tx-2")));
    }

    @Test
    void more_names_or_transactions_than_are_remembered_end_the_judgement() {
        Scenario many = opened("tx-0");
        for (int i = 1; i <= ToldMoney.MAX_TRANSACTIONS; i++) {
            many.webhook(PENDING, "tx-" + i, null);
        }

        notJudged(heard(many));
        notJudged(heard(opened("a", "b", "c", "d", "e", "f", "g")));
    }

    @Test
    void a_payment_that_began_before_transactions_were_remembered_is_not_judged() {
        AuditedPayment before = AuditedPayment.newBuilder(AuditStep.beginning("any", "any"))
                .clearTransactions()
                .build();

        notJudged(new ToldMoney(before));
    }

    private static void notJudged(ToldMoney told) {
        assertThat(told.remember(AuditedPayment.newBuilder(AuditStep.beginning("any", "any")))
                        .getTransactions())
                .isNull();
        assertThat(told.wrong(TWICE, PRICE, false)).isEmpty();
        assertThat(told.wrong(NOTHING, PRICE, false)).isEmpty();
    }

    private static Scenario opened(String... names) {
        return Scenario.story().checkout(form(plan(route("PAYONE")))).pageOpened(names);
    }

    private static WebhookFacts webhook(
            String account, @Nullable String amount, String currency, @Nullable String method, WebhookShape shape) {
        return Fixtures.webhook(account, APPROVED, "tx-1", amount, currency, method, shape);
    }

    private static ToldMoney heard(Scenario story) {
        ToldMoney told = new ToldMoney(AuditStep.beginning("any", "any"));
        PaymentState state = null;
        for (Event event : story.events()) {
            if (state instanceof Live before) {
                told.hear(event, before, PRICE);
            }
            state = Decider.decide(state, event).next();
        }
        return told;
    }
}
