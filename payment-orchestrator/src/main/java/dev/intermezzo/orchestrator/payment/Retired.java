package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * The stub of a payment that was closed long ago: what late approvals, refunds and repeated checkouts need. When its
 * own time is over, everything goes but its place in the ledger: a checkout carries no time, so only that tells an old
 * order from a new one.
 *
 * @param outcome APPROVED or NOT_PAID
 * @param provider and {@code account} of the approved attempt; empty: none
 * @param transactionIds of approved transactions
 * @param refunded how much of the amount had gone back when the payment retired
 * @param contentDigest of the checkout, the first {@value #DIGEST_BYTES} bytes; empty: its time as a stub is over
 * @param cases opened since; empty as a rule
 * @param refunds asked for or recorded since
 * @param earlierRefunds how many came before; their numbers are not used again
 * @param timers that count
 */
public record Retired(
        String paymentId,
        String merchantId,
        Environment environment,
        StateKind outcome,
        Money amount,
        String provider,
        String account,
        List<String> transactionIds,
        Money refunded,
        Bytes contentDigest,
        List<Case> cases,
        List<Refund> refunds,
        int earlierRefunds,
        List<ArmedTimer> timers,
        Instant time,
        long sequence,
        List<String> recentEvents)
        implements PaymentState {

    /** Half of a SHA-256: nobody finds another form with the same, and a stub is small. */
    static final int DIGEST_BYTES = 16;

    public Retired {
        transactionIds = List.copyOf(transactionIds);
        cases = List.copyOf(cases);
        refunds = List.copyOf(refunds);
        timers = List.copyOf(timers);
        recentEvents = List.copyOf(recentEvents);
    }

    /** @param last with the timer that ends the stub */
    static Retired of(Dossier last, StateKind outcome) {
        List<Attempt> approved = last.attempts().stream()
                .filter(attempt -> attempt.status() == AttemptStatus.APPROVED)
                .toList();
        return new Retired(
                last.paymentId(),
                last.merchantId(),
                last.environment(),
                outcome,
                last.order().amount(),
                approved.isEmpty() ? "" : approved.getFirst().route().provider(),
                approved.isEmpty() ? "" : approved.getFirst().route().account(),
                approved.stream()
                        .flatMap(attempt -> attempt.transactions().stream())
                        .filter(each -> each.status() == TransactionStatus.APPROVED)
                        .flatMap(each -> each.ids().stream())
                        .toList(),
                goneOf(last),
                last.order().contentDigest().first(DIGEST_BYTES),
                List.of(),
                List.of(),
                last.refunds().size(),
                last.timers().stream()
                        .filter(timer -> timer.kind() == TimerKind.RETIREMENT)
                        .toList(),
                last.time(),
                last.sequence(),
                List.of());
    }

    /** What is missing of the amount: a surplus that came and went back is not. */
    private static Money goneOf(Dossier last) {
        Money amount = last.order().amount();
        Money kept = last.approvedSum().minus(last.refundedSum());
        Money none = Money.zero(amount.getCurrencyUnit());
        return last.approvedSum().isZero() || kept.isGreaterThan(amount) ? none : amount.minus(kept);
    }

    /** Nothing is left but its place in the ledger. */
    public boolean expired() {
        return contentDigest.size() == 0;
    }

    boolean isAbout(Bytes checkoutDigest) {
        return !expired() && contentDigest.equals(checkoutDigest.first(DIGEST_BYTES));
    }

    /** The stub after an event that {@code last} has taken. */
    Retired after(Dossier last) {
        return new Retired(
                paymentId,
                merchantId,
                environment,
                outcome,
                amount,
                provider,
                account,
                transactionIds,
                refunded,
                contentDigest,
                last.cases(),
                last.refunds().stream()
                        .filter(refund -> refund.number() > Dossier.MAX_ATTEMPTS + earlierRefunds)
                        .toList(),
                earlierRefunds,
                last.timers(),
                last.time(),
                last.sequence(),
                last.recentEvents());
    }

    /** Its time is over. */
    Retired expire(Dossier last) {
        return new Retired(
                paymentId,
                merchantId,
                environment,
                outcome,
                amount,
                "",
                "",
                List.of(),
                refunded,
                Bytes.EMPTY,
                List.of(),
                List.of(),
                0,
                List.of(),
                last.time(),
                last.sequence(),
                List.of());
    }

    @Override
    public StateKind kind() {
        return StateKind.RETIRED;
    }
}
