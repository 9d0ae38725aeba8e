package dev.intermezzo.ingress.webhook;

import dev.intermezzo.partners.mozello.StoreNotification;
import dev.intermezzo.partners.mozello.StoreOrder;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Turns an authenticated notification of a shop into the record by which its payment will be found: keyed by integration and
 * invoice, as the orchestrator indexed it. It lies in the envelope of the Cashier's webhooks; in the account's place stands
 * whose word it is, and its status is never one that could move money.
 */
public final class StoreNotificationRecords {

    private final KafkaSettings kafka;
    private final Vault vault;
    private final InstantSource clock;
    private final Codec<InboxWebhook> codec = Codec.of(InboxWebhook.class);

    public StoreNotificationRecords(KafkaSettings kafka, Vault vault, InstantSource clock) {
        this.kafka = kafka;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * The record, encoded. Each arrival is a fact of its own: an order that is set to paid, back and to paid again is told of
     * with the same bytes, and what is told twice does nothing twice.
     *
     * @param notification empty: the body cannot be read; it goes along, sealed, for a person
     */
    ProducerRecord<String, byte[]> of(
            Versioned<Integration> shop, Optional<StoreNotification> notification, byte[] body) {
        String id = "shop-" + Ids.uuidV7(clock);
        WebhookFacts facts = facts(Ids.shop(shop.id()), notification.map(StoreNotification::order), sha256(body));
        InboxWebhook webhook = new InboxWebhook(
                id,
                "",
                "",
                shop.environment(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                facts,
                notification.isPresent() ? null : ByteBuffer.wrap(vault.seal(id, body)));
        return new ProducerRecord<>(
                kafka.topic(Topics.WEBHOOK_INBOX),
                Ids.transactionKey(facts.getAccount(), facts.getTransactionId()),
                codec.encode(webhook));
    }

    private static WebhookFacts facts(String shop, Optional<StoreOrder> order, byte[] digest) {
        return WebhookFacts.newBuilder()
                .setAccount(shop)
                .setTransactionId(order.flatMap(StoreOrder::orderId).orElse(""))
                .setRawStatus(order.flatMap(StoreOrder::paymentStatus).orElse(""))
                .setStatus(TransactionStatus.UNKNOWN)
                .setAmount(
                        order.flatMap(StoreOrder::total).map(WireMoney::amount).orElse(null))
                .setCurrency(order.flatMap(StoreOrder::currency).orElse(null))
                .setShape(order.isPresent() ? WebhookShape.OTHER : WebhookShape.UNREADABLE)
                .setBodyDigest(ByteBuffer.wrap(digest))
                .build();
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
