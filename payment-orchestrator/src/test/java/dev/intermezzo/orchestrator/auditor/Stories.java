package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.topology.Facts;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.ExecutionStarted;
import dev.intermezzo.schemas.avro.HoldReason;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.OperationKind;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookMatched;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may happen to the payment of {@link Facts}, event by event, in the ledger of a given build. */
final class Stories {
    private static final String REFUND_NUMBERED = "#4.1";

    private final Facts facts;
    private final Clerk clerk;

    Stories(Facts facts, Bookkeeper bookkeeper) {
        this.facts = facts;
        this.clerk = new Clerk(bookkeeper);
    }

    List<LedgerEntry> ledger() {
        return clerk.entries();
    }

    Stories checkout() {
        clerk.take(Topics.PAYMENT_EVENTS, facts.checkout());
        return this;
    }

    /** The shop is asked about the order first. */
    Stories verifying() {
        PaymentEvent plain = facts.checkout();
        CheckoutReceived held = CheckoutReceived.newBuilder((CheckoutReceived) plain.getBody())
                .setHolds(List.of(new HoldReason("compare-order", "")))
                .build();
        clerk.take(
                Topics.PAYMENT_EVENTS,
                PaymentEvent.newBuilder(plain).setBody(held).build());
        return this;
    }

    /** The Cashier refuses the account's credentials. */
    Stories onHold() {
        checkout();
        return answered("#1.1", new Rejected(RejectionCategory.ACCOUNT_AUTHENTICATION, "http-401", List.of()));
    }

    /** The page's call was lost, and so was the one that was made instead. */
    Stories pageLost() {
        checkout();
        answered("#1.1", new AnswerLost("timeout", List.of()));
        return answered("#2.1", new AnswerLost("timeout", List.of()));
    }

    /** The call that takes the buyer's money at once was lost. */
    Stories moneyLost() {
        PaymentEvent plain = facts.checkout();
        CheckoutReceived form = (CheckoutReceived) plain.getBody();
        PaymentPlan plan = PaymentPlan.newBuilder(form.getPlan())
                .setRoutes(List.of(
                        PlannedRoute.newBuilder(form.getPlan().getRoutes().getFirst())
                                .setKind(OperationKind.MOVES_MONEY)
                                .build()))
                .build();
        CheckoutReceived moving =
                CheckoutReceived.newBuilder(form).setPlan(plan).build();
        clerk.take(
                Topics.PAYMENT_EVENTS,
                PaymentEvent.newBuilder(plain).setBody(moving).build());
        return answered("#1.1", new AnswerLost("timeout", List.of()));
    }

    private Stories answered(String command, Object body) {
        clerk.take(
                Topics.CASHIER_RESULTS,
                CashierResult.newBuilder(facts.after(1).pageOpened(facts.payment() + command))
                        .setBody(body)
                        .build());
        return this;
    }

    /** The provider's page is open. */
    Stories atProvider() {
        checkout();
        clerk.take(Topics.CASHIER_RESULTS, facts.after(1).pageOpened(facts.payment() + "#1.1"));
        return this;
    }

    Stories approved() {
        atProvider();
        clerk.take(Topics.PAYMENT_INTERNAL, facts.after(60).approved());
        return this;
    }

    /** An approval of this attempt with another transaction's name or other money. */
    Stories alsoApproved(String transaction, String amount) {
        InternalEvent first = facts.after(120).approved();
        WebhookFacts webhook = WebhookFacts.newBuilder(((WebhookMatched) first.getBody()).getWebhook())
                .setTransactionId(transaction)
                .setAmount(new BigDecimal(amount).setScale(4))
                .build();
        return internal("wh-" + transaction, new WebhookMatched(webhook, 1));
    }

    /** Approved money names an attempt that was never made. */
    Stories orphanApproved() {
        WebhookFacts webhook = ((WebhookMatched) facts.approved().getBody()).getWebhook();
        return internal(
                "wh-orphan",
                new WebhookMatched(
                        WebhookFacts.newBuilder(webhook)
                                .setTransactionId("tx-orphan")
                                .build(),
                        7));
    }

    /** The money that was approved is declined after all. */
    Stories reversed() {
        WebhookFacts webhook = ((WebhookMatched) facts.approved().getBody()).getWebhook();
        return internal(
                "wh-reversal",
                new WebhookMatched(
                        WebhookFacts.newBuilder(webhook)
                                .setRawStatus("Declined")
                                .setStatus(TransactionStatus.DECLINED)
                                .build(),
                        1));
    }

    Stories messageEnded(NotifyStatus status, NotificationEnd end, int seconds) {
        String request = facts.payment() + "#3.1";
        InternalEvent event = event("ended-" + seconds, new NotificationEnded(request, status, end, 3, null), seconds);
        clerk.take(Topics.PAYMENT_INTERNAL, event);
        return this;
    }

    /** Somebody says that the shop works again. */
    Stories shopReleased() {
        clerk.take(
                Topics.OPERATOR_ACTS,
                OperatorAct.newBuilder()
                        .setId("act-release")
                        .setPaymentId(facts.payment())
                        .setMerchantId(Facts.MERCHANT)
                        .setEnvironment(Environment.SANDBOX)
                        .setOccurredAt(Facts.START.plusSeconds(450))
                        .setOperator("olga")
                        .setApprover("peter")
                        .setBody(new AccountReleased(Ids.shop(Facts.MERCHANT)))
                        .build());
        return this;
    }

    /** Two persons want all the money to go back. */
    Stories refundRequested() {
        return refundRequested("peter");
    }

    Stories refundRequestedAlone() {
        return refundRequested(null);
    }

    private Stories refundRequested(@Nullable String approver) {
        clerk.take(
                Topics.OPERATOR_ACTS,
                OperatorAct.newBuilder()
                        .setId("act-1")
                        .setPaymentId(facts.payment())
                        .setMerchantId(Facts.MERCHANT)
                        .setEnvironment(Environment.SANDBOX)
                        .setOccurredAt(Facts.START.plusSeconds(200))
                        .setOperator("olga")
                        .setApprover(approver)
                        .setBody(new RefundRequested(
                                "refund-1",
                                new Money(new BigDecimal("49.9000"), "CAD"),
                                "PAYONE",
                                Facts.ACCOUNT,
                                List.of(),
                                null))
                        .build());
        return this;
    }

    /** A pay-out that belongs to no payment is asked for. */
    Stories payOutRequested(@Nullable String approver) {
        clerk.take(
                Topics.OPERATOR_ACTS,
                OperatorAct.newBuilder()
                        .setId("act-1")
                        .setPaymentId(Ids.freePayOut(Facts.MERCHANT, "0123456789abcdef0123456789abcdef"))
                        .setMerchantId(Facts.MERCHANT)
                        .setEnvironment(Environment.SANDBOX)
                        .setOccurredAt(Facts.START.plusSeconds(200))
                        .setOperator("olga")
                        .setApprover(approver)
                        .setBody(new RefundRequested(
                                "api-1",
                                new Money(new BigDecimal("49.9000"), "CAD"),
                                "PAYONE",
                                Facts.ACCOUNT,
                                List.of(),
                                new DestinationRef("supplier", "r1")))
                        .build());
        return this;
    }

    /** An executor says that it begins the pay-out. */
    Stories begun(String executor) {
        return internal("started-" + executor, new ExecutionStarted(facts.payment() + REFUND_NUMBERED, 9));
    }

    /** The pay-out was sent and no answer came. */
    Stories lost() {
        clerk.take(
                Topics.CASHIER_RESULTS,
                CashierResult.newBuilder(facts.after(250).pageOpened(facts.payment() + REFUND_NUMBERED))
                        .setAttempt(9)
                        .setBody(new AnswerLost("timeout", List.of()))
                        .build());
        return this;
    }

    private Stories internal(String id, Object body) {
        clerk.take(Topics.PAYMENT_INTERNAL, event(id, body, 300));
        return this;
    }

    private InternalEvent event(String id, Object body, int seconds) {
        return InternalEvent.newBuilder()
                .setId(id)
                .setPaymentId(facts.payment())
                .setMerchantId(Facts.MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Facts.START.plusSeconds(seconds))
                .setBody(body)
                .build();
    }
}
