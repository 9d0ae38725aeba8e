package dev.intermezzo.ingress.webhook;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.spool.WebhookOutbox;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.partners.mozello.StoreNotification;
import dev.intermezzo.partners.mozello.WebhookHash;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.Integration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozello/{integration}/notifications}: a private shop tells that something of its own has changed.
 *
 * <p>Only a bad hash (401) and size (413) are refused; a shop without a Store API key is answered like a wrong hash. What
 * tells of a payment, and what cannot be read, is durable before it is answered 200; other events concern nobody here, and
 * shops send many of them. When neither Kafka nor the disk takes it the answer is 503, and Mozello sends it again.
 */
public final class StoreNotificationHandler implements EdgeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StoreNotificationHandler.class);

    private final Shops shops;
    private final SecretSealer secrets;
    private final StoreNotificationRecords records;
    private final WebhookOutbox outbox;
    private final InstantSource clock;
    private final Duration deadline;

    /** @param deadline within which Kafka has to take it before the disk does */
    public StoreNotificationHandler(
            Shops shops,
            SecretSealer secrets,
            StoreNotificationRecords records,
            WebhookOutbox outbox,
            InstantSource clock,
            Duration deadline) {
        this.shops = shops;
        this.secrets = secrets;
        this.records = records;
        this.outbox = outbox;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public Reply handle(EdgeRequest request) {
        Optional<byte[]> body = request.body(StoreNotification.MAX_BODY_BYTES);
        if (body.isEmpty()) {
            return new Reply.Refused(Refusal.of(413, "body-too-large", "error.too-large"));
        }
        Optional<Versioned<Integration>> shop = Optional.of(request.path("integration"))
                .filter(id -> Ids.NAME.matcher(id).matches())
                .flatMap(shops::integration);
        SignatureVerdict verdict = WebhookHash.verify(
                body.get(),
                request.header(WebhookHash.HEADER).orElse(null),
                shop.map(this::keys).orElse(List.of()));
        if (shop.isEmpty() || !(verdict instanceof SignatureVerdict.Valid)) {
            LOG.atWarn()
                    .addKeyValue("integration", shop.map(Versioned::id).orElse("unknown"))
                    .log("a shop's notification with a wrong hash was refused");
            return new Reply.Refused(Refusal.of(401, "webhook-unauthenticated", "error.not-found"));
        }
        return authentic(shop.get(), body.get());
    }

    private Reply authentic(Versioned<Integration> shop, byte[] body) {
        Optional<StoreNotification> notification = StoreNotification.read(body);
        LOG.atInfo()
                .addKeyValue("integration", shop.id())
                .addKeyValue("event", notification.map(StoreNotification::event).orElse("unreadable"))
                .log("shop's notification received");
        if (notification.isPresent() && !notification.get().tellsOfAPayment()) {
            return new Reply.Empty(200);
        }
        return switch (outbox.take(records.of(shop, notification, body), Deadline.in(deadline))) {
            case BY_KAFKA, BY_SPOOL -> new Reply.Empty(200);
            case NOT -> {
                LOG.atError()
                        .addKeyValue("integration", shop.id())
                        .log("a shop's notification could not be made durable, answered 503");
                yield new Reply.Refused(Refusal.later("not-durable"));
            }
        };
    }

    private List<MozelloKey> keys(Versioned<Integration> shop) {
        String owner = MerchantKeys.integration(shop.id());
        return StoreApiKey.valid(shop.body(), clock.instant()).stream()
                .map(secret -> new MozelloKey(secret.getId(), secrets.open(owner, secret)))
                .toList();
    }
}
