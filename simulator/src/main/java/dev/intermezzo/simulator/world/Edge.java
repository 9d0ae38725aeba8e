package dev.intermezzo.simulator.world;

import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookReceived;
import dev.intermezzo.schemas.avro.WebhookShape;
import dev.intermezzo.schemas.avro.WrappedKey;
import dev.intermezzo.simulator.journal.Accepted;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The ingress, the operators' desk included: publishes facts until they are durable, and only then calls them accepted. A
 * send without an answer may have landed all the same; a webhook goes out again as the same record (the spool), a buyer's form
 * comes again as a new one.
 */
final class Edge {
    private static final Duration RESEND_LEAST = Duration.ofMillis(100);
    private static final Duration RESEND_MOST = Duration.ofSeconds(20);

    private final World world;

    Edge(World world) {
        this.world = world;
    }

    /** A buyer's fact. */
    void buyer(OrderJournal order, String what, Supplier<? extends SpecificRecordBase> body) {
        PaymentEvent event = PaymentEvent.newBuilder()
                .setId("event-" + order.number() + '-' + order.nextName())
                .setPaymentId(order.payment())
                .setMerchantId(Script.MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(world.clockOf("edge"))
                .setBody(body.get())
                .build();
        Runnable again = () -> buyer(order, what, body);
        send(order, Topics.PAYMENT_EVENTS, order.payment(), event, new Fact(event.getId(), what, () -> {}, again));
    }

    /** Before the checkout, by the same producer; the topics differ, so it may be read later. */
    void buyerKey(OrderJournal order) {
        BuyerKey key = BuyerKey.newBuilder()
                .setPaymentId(order.payment())
                .setMerchantId(Script.MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(world.clockOf("edge"))
                .setKey(new WrappedKey("buyer-key-" + order.number(), ByteBuffer.wrap(new byte[] {1})))
                .build();
        world.append(Topics.BUYER_KEYS, order.payment(), key);
    }

    /** What two persons, or one, decided. */
    void operator(OrderJournal order, OperatorAct act) {
        String what = "operators: " + act.getBody().getClass().getSimpleName();
        Runnable[] again = new Runnable[1];
        again[0] = () -> send(
                order,
                Topics.OPERATOR_ACTS,
                act.getPaymentId(),
                act,
                new Fact(act.getId(), what, () -> order.acts().add(act), again[0]));
        again[0].run();
    }

    /** How a webhook names what it is about. */
    enum Naming {
        REFERENCE,
        USER_ID,
        TRANSACTION
    }

    /**
     * A webhook of a payment, authenticated.
     *
     * @param attempt the attempt or refund that it names, where it names one
     * @param accepted what the Cashier notes once it was answered 200
     */
    void webhook(OrderJournal order, int attempt, Naming naming, WebhookFacts facts, Runnable accepted) {
        boolean byUser = naming == Naming.USER_ID && (attempt <= Dossier.MAX_ATTEMPTS || order.payOut());
        String id = "webhook-" + facts.getAccount() + '-' + facts.getTransactionId() + '-' + facts.getRawStatus() + '-'
                + facts.getAmount();
        String what = "webhook " + facts.getRawStatus() + ' ' + facts.getAmount() + ' ' + facts.getCurrency() + " of "
                + facts.getTransactionId();
        if (naming == Naming.REFERENCE) {
            PaymentEvent event = PaymentEvent.newBuilder()
                    .setId(id)
                    .setPaymentId(order.payment())
                    .setMerchantId(Script.MERCHANT)
                    .setEnvironment(Environment.SANDBOX)
                    .setOccurredAt(world.clockOf("edge"))
                    .setBody(new WebhookReceived(facts, attempt))
                    .build();
            resent(order, Topics.PAYMENT_EVENTS, order.payment(), event, id, what, accepted);
            return;
        }
        WebhookFacts named = byUser
                ? WebhookFacts.newBuilder(facts)
                        .setUserId(UserId.perAttempt(PaymentAttempt.of(order.payment(), attempt)))
                        .build()
                : facts;
        InboxWebhook inbox = InboxWebhook.newBuilder()
                .setId(id)
                .setPaymentId(byUser ? order.payment() : "")
                .setMerchantId(byUser ? Script.MERCHANT : "")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(world.clockOf("edge"))
                .setWebhook(named)
                .build();
        String key = Ids.transactionKey(facts.getAccount(), facts.getTransactionId());
        resent(order, Topics.WEBHOOK_INBOX, key, inbox, id, what, accepted);
    }

    /**
     * A shop's own word about its order. It is not called accepted: one that concerns no order of ours is passed over, and
     * nothing is owed for it.
     */
    void shopTells(OrderJournal order, String invoice, String status) {
        WebhookFacts facts = WebhookFacts.newBuilder()
                .setAccount(Ids.shop(Script.MERCHANT))
                .setTransactionId(invoice)
                .setRawStatus(status)
                .setStatus(TransactionStatus.UNKNOWN)
                .setAmount(order.amount())
                .setCurrency(order.currency())
                .setShape(WebhookShape.OTHER)
                .setBodyDigest(ByteBuffer.wrap(new byte[] {1}))
                .build();
        InboxWebhook inbox = InboxWebhook.newBuilder()
                .setId("shop-" + order.number() + '-' + order.nextName())
                .setPaymentId("")
                .setMerchantId("")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(world.clockOf("edge"))
                .setWebhook(facts)
                .build();
        world.tell(order, "shop", "tells that its order is " + status);
        world.append(Topics.WEBHOOK_INBOX, Ids.transactionKey(facts.getAccount(), invoice), inbox);
    }

    private <T extends SpecificRecordBase> void resent(
            OrderJournal order, Topic<T> topic, String key, T value, String id, String what, Runnable accepted) {
        Runnable again = () -> resent(order, topic, key, value, id, what, accepted);
        send(order, topic, key, value, new Fact(id, what, accepted, again));
    }

    private record Fact(String id, String what, Runnable accepted, Runnable again) {}

    private <T extends SpecificRecordBase> void send(
            OrderJournal order, Topic<T> topic, String key, T value, Fact fact) {
        String place = "edge/" + fact.id();
        if (world.chance().strikes(FaultKind.SEND_UNANSWERED, place)) {
            boolean landed = world.chance().permille(500, place);
            world.tell(order, "edge", "no answer to the send of " + fact.what() + (landed ? ", which landed" : ""));
            if (landed) {
                world.append(topic, key, value);
            }
            world.agenda().after(world.chance().between(RESEND_LEAST, RESEND_MOST, place), fact.again());
            return;
        }
        world.append(topic, key, value);
        order.accepted().add(new Accepted(fact.id(), fact.what(), world.agenda().instant()));
        world.tell(order, "edge", "accepted " + fact.what() + " (" + fact.id() + ')');
        fact.accepted().run();
        if (world.chance().strikes(FaultKind.SEND_REPEATED, place)) {
            Duration later = world.chance().between(Duration.ZERO, Duration.ofMinutes(1), place);
            world.agenda().after(later, () -> world.append(topic, key, value));
        }
    }
}
