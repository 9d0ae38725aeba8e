package dev.intermezzo.orchestrator.payment;

import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back to the buyer, or, with a destination, to somebody whom the merchant pays out to.
 *
 * @param id given by the operator, unique within the payment
 * @param number continues the numbering of attempts: {@value Dossier#MAX_ATTEMPTS} + 1 is the first refund, so that one
 *     number names an attempt or a refund in commands, answers and webhooks
 * @param provider empty for one that was made outside the Cashier and recorded by two persons
 * @param claimed a claim of the current command was seen: a second one is an alarm, even after the answer
 * @param destination set: no refund but a pay-out that belongs to no payment; see {@link PayOutRules}
 */
public record Refund(
        String id,
        int number,
        Money amount,
        String provider,
        String account,
        List<Setting> settings,
        RefundStatus status,
        Calls calls,
        List<String> transactionIds,
        String lastCode,
        boolean claimed,
        @Nullable Destination destination) {

    /** Money that goes back to the payment's own buyer. */
    public Refund(
            String id,
            int number,
            Money amount,
            String provider,
            String account,
            List<Setting> settings,
            RefundStatus status,
            Calls calls,
            List<String> transactionIds,
            String lastCode,
            boolean claimed) {
        this(id, number, amount, provider, account, settings, status, calls, transactionIds, lastCode, claimed, null);
    }

    public Refund {
        settings = List.copyOf(settings);
        transactionIds = List.copyOf(transactionIds);
    }

    boolean counts() {
        return status != RefundStatus.REFUSED;
    }

    boolean inFlight() {
        return switch (status) {
            case REQUESTED, CLAIMED, PENDING -> true;
            case PAID, REFUSED, UNKNOWN -> false;
        };
    }

    Refund with(RefundStatus next) {
        return copy(next, calls, transactionIds, lastCode, claimed);
    }

    /** Its command is about to be written: nobody has claimed that one. */
    Refund issued(String commandId) {
        return copy(RefundStatus.REQUESTED, calls.issued(commandId), transactionIds, lastCode, false);
    }

    /** @param waiting no answer came yet: from now on it may have happened */
    Refund claimed(boolean waiting) {
        RefundStatus next = waiting && status == RefundStatus.REQUESTED ? RefundStatus.CLAIMED : status;
        return copy(next, calls, transactionIds, lastCode, true);
    }

    Refund with(Calls next) {
        return copy(status, next, transactionIds, lastCode, claimed);
    }

    Refund withCode(String code) {
        return copy(status, calls, transactionIds, code, claimed);
    }

    Refund naming(List<String> ids) {
        List<String> all = Lists.firstDistinct(Lists.concat(transactionIds, ids), Transaction.MAX_IDS);
        return copy(status, calls, all, lastCode, claimed);
    }

    private Refund copy(
            RefundStatus newStatus, Calls newCalls, List<String> newIds, String newCode, boolean newlyClaimed) {
        return new Refund(
                id,
                number,
                amount,
                provider,
                account,
                settings,
                newStatus,
                newCalls,
                newIds,
                newCode,
                newlyClaimed,
                destination);
    }
}
