package dev.intermezzo.partners.mozarto;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of the Cashier says. Every case that may belong to a transaction carries the ids the answer names, the
 * most certain first, so that a later webhook finds its payment.
 */
public sealed interface CashierReading {

    /**
     * A page to which the buyer is to be sent, once {@link RedirectPolicy} has allowed its address.
     *
     * @param redirectUrl as received, not yet judged; secret, it opens the buyer's session
     * @param transactionIds ids a webhook may name; may be empty
     * @param sessionId the Cashier's session, if named
     * @param merchantReference our reference, if echoed
     * @param amount the amount the answer repeats, if it is readable
     */
    record PageOpened(
            String redirectUrl,
            List<String> transactionIds,
            @Nullable String sessionId,
            @Nullable String merchantReference,
            @Nullable BigDecimal amount)
            implements CashierReading {

        /** Copies the list. */
        public PageOpened {
            transactionIds = List.copyOf(transactionIds);
        }

        @Override
        public String toString() {
            return "PageOpened[transactionIds=" + transactionIds + "]";
        }
    }

    /**
     * The transaction exists and is pending; there is no page.
     *
     * @param transactionIds ids a webhook may name; may be empty
     * @param sessionId the Cashier's session, if named
     * @param merchantReference our reference, if echoed
     * @param amount the amount the answer repeats, if it is readable
     * @param awaitingApproval whether it waits for somebody's approval at Mozarto or the provider, which is pending too
     */
    record Accepted(
            List<String> transactionIds,
            @Nullable String sessionId,
            @Nullable String merchantReference,
            @Nullable BigDecimal amount,
            boolean awaitingApproval)
            implements CashierReading {

        /** Copies the list. */
        public Accepted {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /**
     * The answer is itself the final result; read only for operations that the catalogue calls synchronous, because the
     * documents forbid to credit anything else from an answer.
     *
     * @param status approved or declined, never anything else
     * @param transactionIds ids the answer names; may be empty
     * @param merchantReference our reference, if echoed
     * @param amount the amount the answer repeats, if it is readable
     */
    record SynchronousOutcome(
            TransactionStatus status,
            List<String> transactionIds,
            @Nullable String merchantReference,
            @Nullable BigDecimal amount)
            implements CashierReading {

        /** Copies the list and refuses a status that is not final. */
        public SynchronousOutcome {
            if (status != TransactionStatus.APPROVED && status != TransactionStatus.DECLINED) {
                throw new IllegalArgumentException(status + " is no outcome");
            }
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /**
     * The Cashier or the provider refused or failed.
     *
     * @param category what kind of refusal it is; some leave open whether a transaction exists
     * @param code the answer's own {@code errorCode}, if any
     * @param message its message and causes, shortened, for operators; sealed wherever it is stored
     * @param transactionIds ids the answer names; may be empty
     */
    record Rejected(RejectionCategory category, @Nullable String code, String message, List<String> transactionIds)
            implements CashierReading {

        /** Copies the list. */
        public Rejected {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /**
     * Nothing can be concluded; a transaction may exist.
     *
     * @param code {@code too-large}, {@code empty}, {@code html}, {@code not-json}, {@code not-an-object},
     *     {@code redirected}, {@code unexpected-status} or {@code no-known-content}
     * @param sentence for operators
     */
    record Unreadable(String code, String sentence) implements CashierReading {}
}
