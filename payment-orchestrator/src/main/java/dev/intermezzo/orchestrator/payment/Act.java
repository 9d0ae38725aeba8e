package dev.intermezzo.orchestrator.payment;

import java.util.List;
import org.joda.money.Money;

/** What a person decides. */
public sealed interface Act {

    /** How a payment leaves its review. */
    enum ReviewDecision {
        ACCEPT,
        REFUND,
        REJECT
    }

    /**
     * A payment under review leaves it.
     *
     * @param caseId what was looked at; empty: the oldest case that keeps the payment under review
     */
    record ReviewDecided(ReviewDecision decision, String note, String caseId) implements Act {
        boolean namesCase() {
            return !caseId.isEmpty();
        }
    }

    /** A case is closed by agreement. */
    record CaseResolved(String caseId, String note) implements Act {}

    /** An orphan's approved money belongs to this payment. */
    record OrphanAttached(String orphanPaymentId, WebhookFacts webhook) implements Act {}

    /** A refund is wanted, as a pay-out through the Cashier. */
    record RefundRequested(String refundId, Money amount, String provider, String account, List<Setting> settings)
            implements Act {
        public RefundRequested {
            settings = List.copyOf(settings);
        }
    }

    /**
     * Money is to be paid out that belongs to no payment.
     *
     * @param payOutId given by whoever asks
     */
    record PayOutRequested(String payOutId, Money amount, String provider, String account, Destination destination)
            implements Act {}

    /** A refund was made at the provider, outside the Cashier. */
    record RefundRecorded(String refundId, Money amount, String note) implements Act {}

    /** An account on hold works again: waiting commands may be issued. */
    record AccountReleased(String account) implements Act {}

    /**
     * A shop that could not be told works again: its parked message is tried again.
     *
     * @param integrationId the shop; one that is not the order's changes nothing
     */
    record ShopReleased(String integrationId) implements Act {}
}
