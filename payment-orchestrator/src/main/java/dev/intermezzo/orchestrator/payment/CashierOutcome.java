package dev.intermezzo.orchestrator.payment;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one Cashier command. */
public sealed interface CashierOutcome {

    /**
     * A provider page or instruction was handed out.
     *
     * @param transactionIds every id the answer names for this transaction, the Cashier's own first; may be empty
     */
    record PageOpened(SealedUrl redirect, List<String> transactionIds) implements CashierOutcome {
        public PageOpened {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /** The answer itself is the outcome, or says that the operation is accepted and pending. */
    record AnsweredAtOnce(
            TransactionStatus status,
            List<String> transactionIds,
            @Nullable BigDecimal amount,
            @Nullable String currency)
            implements CashierOutcome {
        public AnsweredAtOnce {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /** The Cashier answered that it would not. */
    record Rejected(RejectionCategory category, String code, List<String> transactionIds) implements CashierOutcome {
        public Rejected {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /** Request bytes were sent and no readable answer came: the transaction may exist. */
    record AnswerLost(String code, List<String> transactionIds) implements CashierOutcome {
        public AnswerLost {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /** No request byte was sent (connect, TLS). */
    record NotSent(String code) implements CashierOutcome {}

    /** Not tried: expired, merchant disabled, details not openable; or an address was handed out that nobody may visit. */
    record NotExecuted(String code) implements CashierOutcome {

        /** The command's deadline had passed before its turn came; issuing it again is safe. */
        public static final String EXPIRED = "command-expired";
    }
}
