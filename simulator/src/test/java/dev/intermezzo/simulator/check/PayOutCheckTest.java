package dev.intermezzo.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.ArmedTimer;
import dev.intermezzo.orchestrator.payment.Calls;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.CaseKind;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Environment;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.RefundStatus;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.schemas.avro.CaseResolved;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.simulator.journal.MoneyCall;
import dev.intermezzo.simulator.journal.OrderJournal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayOutCheckTest {
    private static final String ID = "sim-shop~payout~0123456789abcdef0123456789abcdef";
    private static final BigDecimal AMOUNT = new BigDecimal("40.0000");

    private final OrderJournal journal = OrderJournal.ofPayOut(1, ID, AMOUNT, "CAD");

    @ParameterizedTest
    @CsvSource({
        "PAID, true, false",
        "PAID, false, true",
        "REFUSED, false, false",
        "REFUSED, true, true",
        "UNKNOWN, true, true",
        "UNKNOWN, false, true",
        "PENDING, true, false",
        "PENDING, false, false",
    })
    void an_end_that_is_true_or_that_somebody_is_asked_to_look_at_keeps_the_promise(
            RefundStatus status, boolean moved, boolean seen) {
        called(AMOUNT, moved);

        assertThat(check(told(status, seen, false))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PAID, false, PAY_OUT_TOLD", "REFUSED, true, PAY_OUT_TOLD", "UNKNOWN, true, COMES_TO_REST"})
    void an_end_that_is_not_true_and_that_nobody_sees_breaks_it(RefundStatus status, boolean moved, Promise broken) {
        called(AMOUNT, moved);

        assertThat(check(told(status, false, false)))
                .extracting(Violation::promise)
                .containsExactly(broken);
    }

    @ParameterizedTest
    @CsvSource({"REQUESTED", "CLAIMED"})
    void a_call_without_an_end_has_a_timer(RefundStatus status) {
        assertThat(check(told(status, false, true))).isEmpty();
        assertThat(check(told(status, false, false)))
                .extracting(Violation::promise)
                .containsExactly(Promise.COMES_TO_REST);
    }

    @Test
    void another_amount_than_was_asked_for_is_found() {
        called(AMOUNT.add(BigDecimal.ONE), true);

        assertThat(check(told(RefundStatus.PAID, false, false)))
                .extracting(Violation::promise)
                .containsExactly(Promise.MOVED_ONCE);
    }

    @Test
    void one_that_was_asked_for_and_never_began_is_lost() {
        assertThat(check(null)).isEmpty();

        journal.acts().add(act());

        assertThat(check(null)).extracting(Violation::promise).containsExactly(Promise.NOTHING_LOST);
    }

    private List<Violation> check(@Nullable PaymentState state) {
        return new PayOutCheck(journal, state).check();
    }

    private void called(BigDecimal amount, boolean moved) {
        journal.moneyCalls().add(new MoneyCall(ID + "#1.1", 9, amount, true, moved, true, Instant.EPOCH));
    }

    private static PaymentState told(RefundStatus status, boolean seen, boolean timer) {
        Money amount = Money.of(CurrencyUnit.of("CAD"), new BigDecimal("40.00"));
        return new PaymentState.FreePayOut(
                ID,
                "sim-shop",
                Environment.SANDBOX,
                new Refund(
                        "api-1",
                        9,
                        amount,
                        "PAYONE",
                        "sim-account",
                        List.of(),
                        status,
                        new Calls(List.of(), 1, 0, 0, false),
                        List.of(),
                        "",
                        false,
                        new Destination("supplier", "revision-1")),
                seen
                        ? List.of(new Case(
                                "case-1",
                                CaseKind.UNDER_REVIEW,
                                "refund-unknown",
                                "",
                                9,
                                "",
                                amount,
                                Instant.EPOCH,
                                null,
                                ""))
                        : List.of(),
                timer ? List.of(new ArmedTimer(TimerKind.CASHIER_ANSWER, 9, 1, Instant.EPOCH)) : List.of(),
                Instant.EPOCH,
                1,
                List.of());
    }

    private static OperatorAct act() {
        return OperatorAct.newBuilder()
                .setId("api-1")
                .setPaymentId(ID)
                .setMerchantId("sim-shop")
                .setEnvironment(dev.intermezzo.schemas.avro.Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setOperator("olga")
                .setApprover("peter")
                .setBody(new CaseResolved("", ""))
                .build();
    }
}
