package dev.intermezzo.orchestrator.payment;

import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One transaction at the Cashier. An attempt has one as a rule, and more after a lost answer.
 *
 * @param ids every name that answers and webhooks gave it, at most {@value #MAX_IDS}
 * @param status what is known; an approved one stays approved, a later decline opens a case
 * @param approved the money counted as received; present exactly when approved
 */
public record Transaction(
        List<String> ids,
        TransactionStatus status,
        @Nullable Money approved) {

    static final int MAX_IDS = 8;

    /** Begins the name of a transaction that people counted before anything named it; the rest is their case's id. */
    private static final String OF_CASE = "case:";

    /** Begins the name of a transaction that its own call's answer did not name; the rest is that command's id. */
    private static final String OF_CALL = "call:";

    public Transaction {
        ids = List.copyOf(ids);
        if ((status == TransactionStatus.APPROVED) != (approved != null)) {
            throw new IllegalArgumentException(
                    "approved money without an approved transaction, or the reverse: " + ids);
        }
    }

    static Transaction pending(List<String> ids) {
        return new Transaction(Lists.firstDistinct(ids, MAX_IDS), TransactionStatus.PENDING, null);
    }

    /** What to call the transaction of a case that names none. */
    static String standIn(Case subject) {
        return OF_CASE + subject.id();
    }

    /** What to call the transaction of a call whose answer names none. */
    static String standIn(String commandId) {
        return OF_CALL + commandId;
    }

    static boolean isStandIn(String id) {
        return id.startsWith(OF_CASE) || id.startsWith(OF_CALL);
    }

    /** It was heard of before anything named it: by a decision of people, or in its own call's answer. */
    boolean beganUnnamed() {
        return isStandIn(ids.getFirst());
    }

    /** Counted by people, and nothing has named it since: the next name that its attempt learns is its own. */
    boolean awaitsName() {
        return ids.size() == 1 && ids.getFirst().startsWith(OF_CASE);
    }

    /** Told of by its own call's answer, and nothing has named it since. */
    boolean awaitsWebhook() {
        return ids.size() == 1 && ids.getFirst().startsWith(OF_CALL);
    }

    boolean has(List<String> anyOf) {
        return anyOf.stream().anyMatch(ids::contains);
    }

    Transaction named(List<String> more) {
        return new Transaction(Lists.firstDistinct(Lists.concat(ids, more), MAX_IDS), status, approved);
    }

    Transaction approvedWith(Money money) {
        return new Transaction(ids, TransactionStatus.APPROVED, money);
    }

    Transaction declined() {
        return new Transaction(ids, TransactionStatus.DECLINED, null);
    }
}
