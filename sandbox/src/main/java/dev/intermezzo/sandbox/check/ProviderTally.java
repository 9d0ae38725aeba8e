package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of a plan's payments at one provider, by the Cashier's own journal.
 *
 * @param planned pages that the plan's buyers meant to pay
 * @param opened pages that it handed out; a payment may have had several
 * @param approved those that were paid
 */
public record ProviderTally(int planned, int opened, int approved) {

    /** By provider. */
    static Map<Psp, ProviderTally> of(DemoPlan plan, Evidence evidence) {
        Map<Psp, ProviderTally> tallies = new TreeMap<>();
        plan.payments()
                .forEach(payment -> tallies.merge(
                        payment.provider(),
                        new ProviderTally(payment.scenario().charges(), 0, 0),
                        ProviderTally::plus));
        Set<String> buyers = plan.payments().stream().map(PlannedPayment::email).collect(Collectors.toSet());
        evidence.transactions().stream()
                .filter(transaction -> buyers.contains(transaction.email()))
                .forEach(transaction -> tallies.merge(transaction.psp(), of(transaction), ProviderTally::plus));
        return tallies;
    }

    /** Whether it was to be paid, and never was. */
    boolean missed() {
        return planned > 0 && approved == 0;
    }

    private static ProviderTally of(TransactionSnapshot transaction) {
        return new ProviderTally(0, 1, transaction.status() == TransactionStatus.APPROVED ? 1 : 0);
    }

    private ProviderTally plus(ProviderTally other) {
        return new ProviderTally(planned + other.planned, opened + other.opened, approved + other.approved);
    }
}
