package dev.intermezzo.orchestrator.payment;

import java.math.BigDecimal;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What happened. One record per kind of event; the wire's envelopes are the codec's concern. */
public sealed interface Fact {

    /**
     * A verified and admissible checkout form.
     *
     * @param mozelloKeyId which of the integration's keys verified the form; notifications are signed with it
     * @param contentDigest SHA-256 of amount, currency and invoice: equal means "same content"
     * @param holds empty: go on
     */
    record CheckoutReceived(
            String orderUuid,
            String invoiceId,
            Money amount,
            String integrationId,
            String mozelloKeyId,
            String languageCode,
            String shopName,
            String successUrl,
            String failureUrl,
            String notifyUrl,
            Bytes contentDigest,
            @Nullable SealedData buyer,
            List<HoldReason> holds,
            PaymentPlan plan)
            implements Fact {
        public CheckoutReceived {
            holds = List.copyOf(holds);
        }
    }

    /**
     * The buyer filled what was missing and, where there is a choice, chose.
     *
     * @param provider the chosen one; null: the plan's first eligible
     * @param voucher what is to be redeemed at that provider, sealed; null: nothing. It is of the attempt that this begins,
     *     and of no other
     * @param attempt number of the attempt that the form was shown to begin; null: the page did not say
     */
    record BuyerDetailsSubmitted(
            @Nullable String provider,
            SealedData buyer,
            PaymentPlan plan,
            @Nullable SealedData voucher,
            @Nullable Integer attempt)
            implements Fact {}

    /**
     * The buyer wants another attempt.
     *
     * @param confirmed the buyer read "if you already paid, do not pay again" and confirmed
     * @param attempt number of the attempt that the page offered to begin; null: the page did not say
     */
    record BuyerAskedAgain(
            boolean confirmed,
            @Nullable String provider,
            PaymentPlan plan,
            @Nullable Integer attempt) implements Fact {}

    /** The buyer goes back to the shop instead of trying again. */
    record BuyerGaveUp() implements Fact {}

    /** How a webhook found its payment. */
    enum WebhookOrigin {
        /** It carried our reference. */
        REFERENCE,
        /** The correlator knew its transaction. */
        TRANSACTION
    }

    /** A webhook for an attempt, or for a refund by its number. */
    record WebhookReceived(WebhookOrigin origin, WebhookFacts webhook, int attempt) implements Fact {}

    /** A webhook that no payment claimed within the holding time. */
    record WebhookOrphaned(WebhookFacts webhook) implements Fact {}

    /** What became of a Cashier command. */
    record CashierAnswered(String commandId, int attempt, String provider, String account, CashierOutcome outcome)
            implements Fact {}

    /** What the shop said about the order. */
    record ShopAnswered(String commandId, ShopOutcome outcome) implements Fact {}

    /**
     * The shop tells of its own accord that its order's payment has changed, by whomever.
     *
     * @param total in major units of {@code currency}; null: it does not say
     */
    record ShopOrderChanged(
            ShopOrderStatus status,
            @Nullable BigDecimal total,
            @Nullable String currency) implements Fact {}

    /**
     * A person's decision.
     *
     * @param approver the second person, required for every act that concerns money
     */
    record OperatorActed(String operator, @Nullable String approver, Act act) implements Fact {

        boolean byTwoPersons() {
            return approver != null && !approver.isBlank() && !approver.equals(operator);
        }
    }

    /** A timer came back. */
    record TimerFired(TimerKind kind, long armedAt, int attempt) implements Fact {}

    /** The schedule is done with a message. */
    record NotificationEnded(
            String requestId,
            NotifyStatus status,
            NotificationEnd end,
            int attempts,
            @Nullable String shopStatus) implements Fact {}

    /** A once-command was claimed and may have been executed from now on. */
    record ExecutionStarted(String commandId, int attempt) implements Fact {}
}
