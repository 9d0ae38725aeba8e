package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One try to pay.
 *
 * @param number from 1, at most {@value Dossier#MAX_ATTEMPTS}
 * @param route frozen when the attempt began: later edits of settings do not reach it
 * @param amount asked for
 * @param settingsRevision and {@code catalogueVersion}: what the route was made from
 * @param transactions at most {@value #MAX_TRANSACTIONS}, in the order they became known
 * @param page null: none was handed out
 * @param lastCode stable code of the last answer that did not open a page; empty: none
 * @param voucher what its call redeems, sealed. It is kept only while that call may still have to be made
 */
public record Attempt(
        int number,
        PlannedRoute route,
        Money amount,
        String settingsRevision,
        String catalogueVersion,
        Instant openedAt,
        AttemptStatus status,
        Calls calls,
        List<Transaction> transactions,
        @Nullable Page page,
        String lastCode,
        @Nullable SealedData voucher) {

    static final int MAX_TRANSACTIONS = 16;

    public Attempt {
        transactions = List.copyOf(transactions);
        // Bearer money: whatever ends the wait for an answer ends this too.
        voucher = status == AttemptStatus.OPENING ? voucher : null;
    }

    static Attempt opening(
            int number, PlannedRoute route, Money amount, PaymentPlan plan, Instant at, @Nullable SealedData voucher) {
        return new Attempt(
                number,
                route,
                amount,
                plan.settingsRevision(),
                plan.catalogueVersion(),
                at,
                AttemptStatus.OPENING,
                Calls.NONE,
                List.of(),
                null,
                "",
                voucher);
    }

    /** A late approval may still come: the buyer must not be told to pay again without a word of warning. */
    public boolean mayStillBePaid() {
        return switch (status) {
            case OPENING -> !calls.onHold() || calls.lost() > 0;
            case AT_PROVIDER, EXPIRED, UNKNOWN -> true;
            case APPROVED, DECLINED, REFUSED -> false;
        };
    }

    /** Nothing further is expected of it. */
    public boolean closed() {
        return switch (status) {
            case APPROVED, DECLINED, REFUSED, EXPIRED -> true;
            case OPENING, AT_PROVIDER, UNKNOWN -> false;
        };
    }

    boolean movesMoney() {
        return route.kind() == OperationKind.MOVES_MONEY;
    }

    /** Money may have moved and nobody knows. */
    boolean movesMoneyUndecided() {
        return movesMoney()
                && (status == AttemptStatus.UNKNOWN || (status == AttemptStatus.OPENING && !calls.onHold()));
    }

    Optional<Transaction> transaction(String id) {
        return transactions.stream().filter(known -> known.ids().contains(id)).findFirst();
    }

    int declinedTransactions() {
        return (int) transactions.stream()
                .filter(known -> known.status() == TransactionStatus.DECLINED)
                .count();
    }

    Attempt with(AttemptStatus next) {
        return copy(next, calls, transactions, page, lastCode);
    }

    Attempt with(Calls next) {
        return copy(status, next, transactions, page, lastCode);
    }

    Attempt with(Page next) {
        return copy(status, calls, transactions, next, lastCode);
    }

    Attempt withCode(String code) {
        return copy(status, calls, transactions, page, code);
    }

    /**
     * Learns the names of one transaction: those of a known one are added to it, else those of the one that was counted
     * without a name, else it is a new, pending one.
     */
    Attempt naming(List<String> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        for (int i = 0; i < transactions.size(); i++) {
            if (transactions.get(i).has(ids)) {
                return withTransaction(i, transactions.get(i).named(ids));
            }
        }
        for (int i = 0; i < transactions.size(); i++) {
            if (transactions.get(i).awaitsName()) {
                return withTransaction(i, transactions.get(i).named(ids));
            }
        }
        if (transactions.size() == MAX_TRANSACTIONS) {
            return this;
        }
        return copy(status, calls, Lists.append(transactions, Transaction.pending(ids)), page, lastCode);
    }

    /**
     * Learns from a webhook the name of one transaction. Where there can be no other than the one whose answer did not name it, it
     * is that one's. After a lost answer it is the one that nobody could name, which is older than the transaction of the page.
     */
    Attempt namedByWebhook(String id) {
        if (hasItsOnlyTransaction() && transactions.getFirst().awaitsWebhook()) {
            return withTransaction(0, transactions.getFirst().named(List.of(id)));
        }
        if (transaction(id).isPresent()
                || transactions.isEmpty()
                || transactions.stream().anyMatch(Transaction::awaitsName)
                || calls.lost() == 0) {
            return naming(List.of(id));
        }
        if (transactions.size() == MAX_TRANSACTIONS) {
            return this;
        }
        List<Transaction> older = Lists.concat(List.of(Transaction.pending(List.of(id))), transactions);
        return copy(status, calls, older, page, lastCode);
    }

    /** What moves money is called once, and makes one transaction; a page may be opened again, also without our knowing. */
    boolean hasItsOnlyTransaction() {
        return movesMoney() && transactions.size() == 1;
    }

    /** Money was counted, and nobody can tell whether it is that of the transaction {@code other}. */
    boolean mayHaveCounted(Transaction other) {
        return transactions.stream()
                .filter(known -> known.status() == TransactionStatus.APPROVED)
                .anyMatch(counted -> counted.awaitsWebhook() || other.awaitsWebhook());
    }

    /** Replaces the known transaction of this id. */
    Attempt withTransaction(Transaction changed) {
        for (int i = 0; i < transactions.size(); i++) {
            if (transactions.get(i).has(changed.ids())) {
                return withTransaction(i, changed);
            }
        }
        throw new IllegalStateException("attempt " + number + " has no transaction " + changed.ids());
    }

    Attempt withTransactions(List<Transaction> known) {
        return copy(status, calls, known, page, lastCode);
    }

    private Attempt withTransaction(int index, Transaction changed) {
        return copy(status, calls, Lists.replace(transactions, index, changed), page, lastCode);
    }

    private Attempt copy(
            AttemptStatus newStatus,
            Calls newCalls,
            List<Transaction> newTransactions,
            @Nullable Page newPage,
            String newCode) {
        return new Attempt(
                number,
                route,
                amount,
                settingsRevision,
                catalogueVersion,
                openedAt,
                newStatus,
                newCalls,
                newTransactions,
                newPage,
                newCode,
                voucher);
    }
}
