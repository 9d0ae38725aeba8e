package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.Act;
import dev.intermezzo.orchestrator.payment.CashierOutcome;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Environment;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.Fact.WebhookOrigin;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.NotifyStatus;
import dev.intermezzo.orchestrator.payment.RejectionCategory;
import dev.intermezzo.orchestrator.payment.ShopOutcome;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.CaseResolved;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.ExecutionStarted;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.NotSent;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.OrderDiffers;
import dev.intermezzo.schemas.avro.OrderMatches;
import dev.intermezzo.schemas.avro.OrphanAttached;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.RefundRecorded;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.ReviewDecided;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.ShopUnreachable;
import dev.intermezzo.schemas.avro.TimerFired;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookOrphaned;
import dev.intermezzo.schemas.avro.WebhookReceived;
import java.time.Instant;

/**
 * Reads what the input topics carry. Total over the kinds of event that decide something; anything else, and values that
 * make no sense (money with too many digits, a currency that does not exist), is an {@link IllegalArgumentException}.
 */
public final class EventCodec {

    private EventCodec() {}

    /** A fact of the edge. View requests and warm-ups decide nothing and are no events. */
    public static Event event(PaymentEvent value) {
        Fact fact = switch (value.getBody()) {
            case CheckoutReceived form -> checkout(form);
            case BuyerDetailsSubmitted details ->
                new Fact.BuyerDetailsSubmitted(
                        details.getProvider(),
                        FromWire.sealed(details.getBuyer()),
                        FromWire.plan(details.getPlan()),
                        FromWire.sealedOrNull(details.getVoucher()),
                        details.getAttempt());
            case BuyerAskedAgain wish ->
                new Fact.BuyerAskedAgain(
                        wish.getConfirmed(), wish.getProvider(), FromWire.plan(wish.getPlan()), wish.getAttempt());
            case BuyerGaveUp gaveUp -> new Fact.BuyerGaveUp();
            case WebhookReceived received ->
                new Fact.WebhookReceived(
                        WebhookOrigin.REFERENCE, FromWire.webhook(received.getWebhook()), received.getAttempt());
            case Object other -> throw FromWire.unexpected(other);
        };
        return event(
                value.getId(),
                value.getPaymentId(),
                value.getMerchantId(),
                value.getEnvironment(),
                value.getOccurredAt(),
                fact);
    }

    /** A fact that a transactional writer originated. */
    public static Event event(InternalEvent value) {
        Fact fact = switch (value.getBody()) {
            case TimerFired fired ->
                new Fact.TimerFired(TimerKind.valueOf(fired.getKind().name()), fired.getArmedAt(), fired.getAttempt());
            case WebhookMatched matched -> matched(matched);
            case WebhookOrphaned orphaned -> new Fact.WebhookOrphaned(FromWire.webhook(orphaned.getWebhook()));
            case NotificationEnded ended ->
                new Fact.NotificationEnded(
                        ended.getRequestId(),
                        NotifyStatus.valueOf(ended.getStatus().name()),
                        NotificationEnd.valueOf(ended.getEnd().name()),
                        ended.getAttempts(),
                        ended.getShopStatus());
            case ExecutionStarted started -> new Fact.ExecutionStarted(started.getCommandId(), started.getAttempt());
            case Object other -> throw FromWire.unexpected(other);
        };
        return event(
                value.getId(),
                value.getPaymentId(),
                value.getMerchantId(),
                value.getEnvironment(),
                value.getOccurredAt(),
                fact);
    }

    /** What became of a Cashier command. */
    public static Event event(CashierResult value) {
        CashierOutcome outcome = switch (value.getBody()) {
            case PageOpened opened ->
                new CashierOutcome.PageOpened(FromWire.url(opened.getRedirect()), opened.getTransactionIds());
            case AnsweredAtOnce once ->
                new CashierOutcome.AnsweredAtOnce(
                        TransactionStatus.valueOf(once.getStatus().name()),
                        once.getTransactionIds(),
                        once.getAmount(),
                        once.getCurrency());
            case Rejected rejected ->
                new CashierOutcome.Rejected(
                        RejectionCategory.valueOf(rejected.getCategory().name()),
                        rejected.getCode(),
                        rejected.getTransactionIds());
            case AnswerLost lost -> new CashierOutcome.AnswerLost(lost.getCode(), lost.getTransactionIds());
            case NotSent notSent -> new CashierOutcome.NotSent(notSent.getCode());
            case NotExecuted notExecuted -> new CashierOutcome.NotExecuted(notExecuted.getCode());
            case Object other -> throw FromWire.unexpected(other);
        };
        return event(
                value.getId(),
                value.getPaymentId(),
                value.getMerchantId(),
                value.getEnvironment(),
                value.getOccurredAt(),
                new Fact.CashierAnswered(
                        value.getCommandId(), value.getAttempt(), value.getProvider(), value.getAccount(), outcome));
    }

    /** What the shop said about an order. */
    public static Event event(ShopResult value) {
        ShopOutcome outcome = switch (value.getBody()) {
            case OrderMatches matches -> new ShopOutcome.OrderMatches();
            case OrderDiffers differs -> new ShopOutcome.OrderDiffers(differs.getDifferences());
            case ShopUnreachable unreachable -> new ShopOutcome.ShopUnreachable(unreachable.getCode());
            case Object other -> throw FromWire.unexpected(other);
        };
        return event(
                value.getId(),
                value.getPaymentId(),
                value.getMerchantId(),
                value.getEnvironment(),
                value.getOccurredAt(),
                new Fact.ShopAnswered(value.getCommandId(), outcome));
    }

    /** What people decided. */
    public static Event event(OperatorAct value) {
        Act act = switch (value.getBody()) {
            case ReviewDecided decided ->
                new Act.ReviewDecided(
                        Act.ReviewDecision.valueOf(decided.getDecision().name()),
                        decided.getNote(),
                        decided.getCaseId());
            case CaseResolved resolved -> new Act.CaseResolved(resolved.getCaseId(), resolved.getNote());
            case OrphanAttached attached ->
                new Act.OrphanAttached(attached.getOrphanPaymentId(), FromWire.webhook(attached.getWebhook()));
            case RefundRequested wish -> asked(wish);
            case RefundRecorded made ->
                new Act.RefundRecorded(made.getRefundId(), FromWire.money(made.getAmount()), made.getNote());
            case AccountReleased released -> released(released.getAccount());
            case Object other -> throw FromWire.unexpected(other);
        };
        return event(
                value.getId(),
                value.getPaymentId(),
                value.getMerchantId(),
                value.getEnvironment(),
                value.getOccurredAt(),
                new Fact.OperatorActed(value.getOperator(), value.getApprover(), act));
    }

    /** What a shop tells lies in the same envelope as what the Cashier tells; whose word it is says the account's place. */
    private static Fact matched(WebhookMatched matched) {
        return Ids.isShop(matched.getWebhook().getAccount())
                ? FromWire.shopOrder(matched.getWebhook())
                : new Fact.WebhookReceived(
                        WebhookOrigin.TRANSACTION, FromWire.webhook(matched.getWebhook()), matched.getAttempt());
    }

    /** A shop's name may stand where an account's does, here as well. */
    private static Act released(String account) {
        return Ids.isShop(account) ? new Act.ShopReleased(Ids.shopOf(account)) : new Act.AccountReleased(account);
    }

    private static Act asked(RefundRequested wish) {
        Destination destination = FromWire.destinationOrNull(wish.getDestination());
        return destination == null
                ? new Act.RefundRequested(
                        wish.getRefundId(),
                        FromWire.money(wish.getAmount()),
                        wish.getProvider(),
                        wish.getAccount(),
                        FromWire.each(wish.getSettings(), FromWire::setting))
                : new Act.PayOutRequested(
                        wish.getRefundId(),
                        FromWire.money(wish.getAmount()),
                        wish.getProvider(),
                        wish.getAccount(),
                        destination);
    }

    private static Fact checkout(CheckoutReceived form) {
        return new Fact.CheckoutReceived(
                form.getOrderUuid(),
                form.getInvoiceId(),
                FromWire.money(form.getAmount()),
                form.getIntegrationId(),
                form.getMozelloKeyId(),
                form.getLanguageCode(),
                form.getShopName(),
                form.getSuccessUrl(),
                form.getFailureUrl(),
                form.getNotifyUrl(),
                FromWire.bytes(form.getContentDigest()),
                FromWire.sealedOrNull(form.getBuyer()),
                FromWire.each(form.getHolds(), FromWire::hold),
                FromWire.plan(form.getPlan()));
    }

    private static Event event(
            String id,
            String paymentId,
            String merchantId,
            dev.intermezzo.schemas.avro.Environment environment,
            Instant occurredAt,
            Fact fact) {
        return new Event(id, paymentId, merchantId, Environment.valueOf(environment.name()), occurredAt, fact);
    }
}
