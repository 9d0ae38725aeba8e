package dev.intermezzo.ingress.webhook;

import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.partners.mozarto.CashierWebhook;
import dev.intermezzo.partners.mozarto.MerchantReference;
import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.partners.mozarto.WebhookIdentity;
import dev.intermezzo.partners.mozarto.WebhookReading;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookReceived;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns an authenticated webhook into the record by which its payment will be found: to {@code payment-events} when our reference names it,
 * else to {@code webhook-inbox}, keyed by account and transaction, for the correlator. What was not understood goes
 * along, sealed to the vault.
 */
public final class WebhookRecords {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRecords.class);

    private final Shops shops;
    private final MerchantReference references;
    private final EventPublisher events;
    private final KafkaSettings kafka;
    private final Codec<PaymentEvent> eventCodec = Codec.of(PaymentEvent.class);
    private final Codec<InboxWebhook> inboxCodec = Codec.of(InboxWebhook.class);
    private final Vault vault;

    /**
     * @param references reads the references that executors send along
     */
    public WebhookRecords(
            Shops shops, MerchantReference references, EventPublisher events, KafkaSettings kafka, Vault vault) {
        this.shops = shops;
        this.references = references;
        this.events = events;
        this.kafka = kafka;
        this.vault = vault;
    }

    /** The record, encoded and, as far as it must be, sealed. */
    ProducerRecord<String, byte[]> of(WebhookGate.Admitted account, byte[] body) {
        byte[] digest = sha256(body);
        return switch (WebhookReading.of(body)) {
            case CashierWebhook webhook -> understood(account, webhook, body, digest);
            case WebhookReading.Unreadable unreadable -> {
                LOG.atWarn()
                        .addKeyValue("account", account.account())
                        .addKeyValue("code", unreadable.code())
                        .log("webhook not readable, kept in the vault");
                yield unreadable(account, unreadable, body, digest);
            }
        };
    }

    private ProducerRecord<String, byte[]> understood(
            WebhookGate.Admitted account, CashierWebhook webhook, byte[] body, byte[] digest) {
        String id = WebhookIdentity.of(account.account(), webhook);
        WebhookFacts facts = facts(account.account(), webhook, digest);
        List<String> integrations = shops.integrationsUsing(account.account());
        Optional<PaymentAttempt> referred = Optional.ofNullable(webhook.merchantReference())
                .flatMap(reference -> references.read(reference, account.account(), integrations));
        Optional<PaymentOwner> owner =
                referred.isPresent() ? owner(referred.get()) : byUserId(account.account(), webhook, integrations);
        LOG.atInfo()
                .addKeyValue("account", account.account())
                .addKeyValue("transaction", webhook.transactionId())
                .addKeyValue("status", webhook.status())
                .addKeyValue("payment", owner.map(PaymentOwner::paymentId).orElse(""))
                .log("webhook received");
        if (referred.isPresent() && owner.isPresent()) {
            return toPayment(
                    id, owner.get(), new WebhookReceived(facts, referred.get().attempt()));
        }
        String key = Ids.transactionKey(account.account(), webhook.transactionId());
        boolean strange = facts.getStatus() == TransactionStatus.UNKNOWN
                || facts.getShape() != WebhookShape.YEAR_2026
                || (facts.getAmount() == null && webhook.amountText() != null);
        return toInbox(account, key, id, owner, facts, strange ? body : null);
    }

    private Optional<PaymentOwner> owner(PaymentAttempt attempt) {
        return shops.shopOfPayment(attempt.paymentId()).map(shop -> shop.owner(attempt.paymentId()));
    }

    /**
     * Whose the attempt is that a user id of the per-attempt form names, which is sent only where an answer is not known to
     * carry a transaction id. It counts only for integrations and merchants that use this account, and it comes last: the
     * correlator first looks whether the transaction is known.
     */
    private Optional<PaymentOwner> byUserId(String account, CashierWebhook webhook, List<String> integrations) {
        return Optional.ofNullable(webhook.userId()).flatMap(UserId::attemptOf).flatMap(attempt -> {
            if (attempt.payOut()) {
                return shops.ownerOfPayOut(attempt.integration(), account, attempt.paymentId());
            }
            return integrations.contains(attempt.integration()) ? owner(attempt) : Optional.empty();
        });
    }

    private ProducerRecord<String, byte[]> unreadable(
            WebhookGate.Admitted account, WebhookReading.Unreadable unreadable, byte[] body, byte[] digest) {
        String hash = HexFormat.of().formatHex(digest, 0, 16);
        WebhookFacts facts = WebhookFacts.newBuilder()
                .setAccount(account.account())
                .setTransactionId("")
                .setRawStatus(unreadable.code())
                .setStatus(TransactionStatus.UNKNOWN)
                .setShape(WebhookShape.UNREADABLE)
                .setBodyDigest(ByteBuffer.wrap(digest))
                .build();
        return toInbox(
                account, Ids.transactionKey(account.account(), hash), "wh-" + hash, Optional.empty(), facts, body);
    }

    private ProducerRecord<String, byte[]> toPayment(String id, PaymentOwner owner, WebhookReceived body) {
        return new ProducerRecord<>(
                kafka.topic(Topics.PAYMENT_EVENTS),
                owner.paymentId(),
                eventCodec.encode(events.event(id, owner, body)));
    }

    private ProducerRecord<String, byte[]> toInbox(
            WebhookGate.Admitted account,
            String key,
            String id,
            Optional<PaymentOwner> named,
            WebhookFacts facts,
            byte @Nullable [] keptBody) {
        ByteBuffer sealed = keptBody == null ? null : ByteBuffer.wrap(vault.seal(id, keptBody));
        InboxWebhook webhook = new InboxWebhook(
                id,
                named.map(PaymentOwner::paymentId).orElse(""),
                named.map(PaymentOwner::merchantId).orElse(""),
                account.environment(),
                events.now(),
                facts,
                sealed);
        return new ProducerRecord<>(kafka.topic(Topics.WEBHOOK_INBOX), key, inboxCodec.encode(webhook));
    }

    private static WebhookFacts facts(String account, CashierWebhook webhook, byte[] digest) {
        BigDecimal amount = webhook.amount();
        return WebhookFacts.newBuilder()
                .setAccount(account)
                .setTransactionId(webhook.transactionId())
                .setPspTransactionId(webhook.pspTransactionId())
                .setUserId(webhook.userId())
                .setRawStatus(rawStatus(webhook))
                .setStatus(status(webhook))
                .setAmount(amount == null ? null : WireMoney.amount(amount))
                .setCurrency(webhook.currency())
                .setMerchantReference(webhook.merchantReference())
                .setMethod(webhook.method())
                .setShape(shape(webhook))
                .setBodyDigest(ByteBuffer.wrap(digest))
                .build();
    }

    /** The normalised text where there is one: it is what an unknown status is called by. */
    private static String rawStatus(CashierWebhook webhook) {
        String normalised = webhook.statusText();
        String raw = normalised != null ? normalised : webhook.rawStatus();
        return raw == null ? "" : raw;
    }

    private static TransactionStatus status(CashierWebhook webhook) {
        return switch (webhook.status()) {
            case APPROVED -> TransactionStatus.APPROVED;
            case DECLINED -> TransactionStatus.DECLINED;
            case PENDING -> TransactionStatus.PENDING;
            case UNKNOWN -> TransactionStatus.UNKNOWN;
        };
    }

    private static WebhookShape shape(CashierWebhook webhook) {
        return switch (webhook.shape()) {
            case Y2026 -> WebhookShape.YEAR_2026;
            case Y2025 -> WebhookShape.YEAR_2025;
        };
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
