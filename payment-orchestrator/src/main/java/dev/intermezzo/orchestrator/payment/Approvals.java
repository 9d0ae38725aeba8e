package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import java.math.BigDecimal;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What confirmed or denied money does to a payment: rules 1, 2 and 4 of payments, "A payment and its attempts". */
final class Approvals {

    private Approvals() {}

    /** A transaction of this attempt is reported as approved; its name was learned before. */
    static Outcome onApproval(
            Live state,
            Turn turn,
            Attempt attempt,
            String transactionId,
            @Nullable BigDecimal amount,
            @Nullable String currency) {
        Optional<Transaction> found = attempt.transaction(transactionId);
        if (found.isEmpty()) {
            return noRoom(state, turn, attempt, transactionId);
        }
        Transaction transaction = found.get();
        MoneyMatch match = MoneyMatch.of(
                attempt.amount(), amount, currency, attempt.route().webhookCurrencyMayBeAbsent());
        if (transaction.status() == TransactionStatus.APPROVED) {
            // What was counted before anything named it may turn out to be other money.
            return transaction.beganUnnamed() && !match.matches()
                    ? review(state, turn, attempt, transaction, match, said(amount, currency))
                    : Outcome.noted(state.stay(turn.dossier()), Reason.APPROVED_BEFORE);
        }
        if (match.matches() && attempt.mayHaveCounted(transaction)) {
            return mayBeTheSame(state, turn, attempt, transaction);
        }
        return match.matches()
                ? credit(state, turn, attempt, transaction, attempt.amount(), Reason.APPROVED)
                : review(state, turn, attempt, transaction, match, said(amount, currency));
    }

    /** The attempt has as many transactions as it may have: approved money is kept as a case, never dropped. */
    private static Outcome noRoom(Live state, Turn turn, Attempt attempt, String transactionId) {
        boolean opened = turn.openCase(
                CaseKind.ORPHAN_PAYMENT,
                Reason.TRANSACTIONS_EXHAUSTED.code(),
                "",
                attempt.number(),
                transactionId,
                null);
        Live same = state.stay(turn.dossier());
        return opened
                ? Outcome.applied(same, Reason.TRANSACTIONS_EXHAUSTED)
                : Outcome.noted(same, Reason.TRANSACTIONS_EXHAUSTED);
    }

    /** Counts the money: it makes a payment approved that was not, and is a surplus to one that was. */
    static Outcome credit(Live state, Turn turn, Attempt attempt, Transaction transaction, Money money, Reason reason) {
        Attempt approved =
                attempt.withTransaction(transaction.approvedWith(money)).with(AttemptStatus.APPROVED);
        CashierCalls.stopWaiting(turn, attempt.number());
        turn.put(approved);
        turn.resolveCases(each -> isDecidedBy(each, approved, transaction), reason.code());
        if (!(state instanceof Undecided undecided)) {
            return surplus(state, turn, approved, transaction, money);
        }
        if (sandboxMoneyForALiveShop(turn.dossier())) {
            turn.openCase(
                    CaseKind.UNDER_REVIEW,
                    Reason.SANDBOX_MONEY_FOR_LIVE_SHOP.code(),
                    "",
                    approved.number(),
                    transaction.ids().getFirst(),
                    money);
            return Outcome.applied(undecided.review(turn.dossier()), Reason.SANDBOX_MONEY_FOR_LIVE_SHOP);
        }
        return Outcome.applied(approve(undecided, turn), reason);
    }

    /** The one place where a payment becomes approved. */
    static PaymentState.Approved approve(Undecided state, Turn turn) {
        CashierCalls.stopWaiting(turn, 0);
        Messages.tellApproved(turn);
        Closing.rest(turn);
        return state.approve(turn.dossier());
    }

    static boolean sandboxMoneyForALiveShop(Dossier dossier) {
        return dossier.environment() == Environment.SANDBOX && !dossier.plan().testShop();
    }

    /** A transaction of this attempt is reported as declined; its name was learned before. */
    static Outcome onDecline(Live state, Turn turn, Attempt attempt, String transactionId) {
        Optional<Transaction> found = attempt.transaction(transactionId);
        if (found.isEmpty()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.TRANSACTIONS_EXHAUSTED);
        }
        Transaction transaction = found.get();
        if (transaction.status() == TransactionStatus.APPROVED) {
            return reversal(state, turn, attempt, transaction, Reason.DECLINED_AFTER_APPROVAL);
        }
        if (transaction.status() == TransactionStatus.DECLINED) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.DECLINED_BEFORE);
        }
        Attempt informed = turn.put(attempt.withTransaction(transaction.declined()));
        if (!decides(informed, transaction)) {
            return Outcome.applied(state.stay(turn.dossier()), Reason.TRANSACTION_DECLINED);
        }
        CashierCalls.stopWaiting(turn, attempt.number());
        Attempt declined = turn.put(informed.with(AttemptStatus.DECLINED));
        return Attempts.afterEnd(state, turn, declined, Reason.DECLINED);
    }

    /** An approved transaction is in doubt: money that was told of may go back. */
    static Outcome reversal(Live state, Turn turn, Attempt attempt, Transaction transaction, Reason reason) {
        boolean opened = turn.openCase(
                CaseKind.REVERSAL,
                reason.code(),
                "",
                attempt.number(),
                transaction.ids().getFirst(),
                transaction.approved());
        Live same = state.stay(turn.dossier());
        return opened ? Outcome.applied(same, reason) : Outcome.noted(same, reason);
    }

    /** One declined transaction decides its attempt unless another of the same attempt may still be paid. */
    private static boolean decides(Attempt attempt, Transaction declined) {
        return switch (attempt.status()) {
            case OPENING, UNKNOWN ->
                attempt.declinedTransactions() >= attempt.calls().made();
            case AT_PROVIDER, EXPIRED ->
                attempt.declinedTransactions() >= attempt.calls().made()
                        || (attempt.transactions().getLast().has(declined.ids()) && !pageMayBeAnother(attempt));
            case APPROVED, DECLINED, REFUSED -> false;
        };
    }

    /** After a lost answer, where answers name no transaction, nobody knows which of them the page belongs to. */
    private static boolean pageMayBeAnother(Attempt attempt) {
        return attempt.route().userIdPerAttempt()
                && attempt.transactions().size() <= attempt.calls().lost();
    }

    private static Outcome surplus(Live state, Turn turn, Attempt attempt, Transaction transaction, Money money) {
        turn.openCase(
                CaseKind.SURPLUS_PAYMENT,
                Reason.SURPLUS.code(),
                "",
                attempt.number(),
                transaction.ids().getFirst(),
                money);
        return Outcome.applied(state.stay(turn.dossier()), Reason.SURPLUS);
    }

    private static Outcome review(
            Live state, Turn turn, Attempt attempt, Transaction transaction, MoneyMatch match, String said) {
        return review(state, turn, attempt, transaction, match.reason(), said, match.received());
    }

    /** One answer named no transaction, and there may be several: people find out whether it is the same money. */
    private static Outcome mayBeTheSame(Live state, Turn turn, Attempt attempt, Transaction transaction) {
        return review(state, turn, attempt, transaction, Reason.MAY_BE_COUNTED, "", attempt.amount());
    }

    private static Outcome review(
            Live state,
            Turn turn,
            Attempt attempt,
            Transaction transaction,
            Reason reason,
            String said,
            @Nullable Money received) {
        boolean opened = turn.openCase(
                CaseKind.UNDER_REVIEW,
                reason.code(),
                said,
                attempt.number(),
                transaction.ids().getFirst(),
                received);
        PaymentState next =
                state instanceof Undecided undecided ? undecided.review(turn.dossier()) : state.stay(turn.dossier());
        return opened ? Outcome.applied(next, reason) : Outcome.noted(next, reason);
    }

    /** Doubts about this very transaction, or about a call of this attempt whose transaction had no name. */
    private static boolean isDecidedBy(Case open, Attempt attempt, Transaction transaction) {
        return open.kind() == CaseKind.UNDER_REVIEW
                && open.attempt() == attempt.number()
                && (open.transactionId().isEmpty() || transaction.ids().contains(open.transactionId()));
    }

    private static String said(@Nullable BigDecimal amount, @Nullable String currency) {
        return (amount == null ? "no amount" : amount.stripTrailingZeros().toPlainString())
                + (currency == null ? "" : " " + currency);
    }
}
