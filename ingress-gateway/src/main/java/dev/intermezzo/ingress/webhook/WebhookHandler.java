package dev.intermezzo.ingress.webhook;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.spool.WebhookOutbox;
import dev.intermezzo.partners.mozarto.WebhookReading;
import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.schemas.Ids;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozarto/{account}/webhooks/{webhookToken}}: the Cashier tells how a transaction went.
 *
 * <p>Only bad authentication (401), a strange source (403) and size (413) are refused. Whatever else comes is durable before it is answered 200,
 * also what nobody can read: in Kafka or, when Kafka does not take it within the deadline, on the disk. When neither does
 * the answer is 503, and the Cashier's own retry is relied on.
 */
public final class WebhookHandler implements EdgeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookHandler.class);

    private final WebhookGate gate;
    private final WebhookRecords records;
    private final WebhookOutbox outbox;
    private final List<Network> networks;
    private final Duration deadline;
    private final AtomicLong fromElsewhere = new AtomicLong();

    /**
     * @param networks where the Cashier's webhooks come from; empty: from anywhere
     * @param deadline within which Kafka has to take it before the disk does; well below the Cashier's 10 s
     */
    public WebhookHandler(
            WebhookGate gate, WebhookRecords records, WebhookOutbox outbox, List<Network> networks, Duration deadline) {
        this.gate = gate;
        this.records = records;
        this.outbox = outbox;
        this.networks = List.copyOf(networks);
        this.deadline = deadline;
    }

    /** Registers how many came from elsewhere. */
    public void measure(MeterRegistry meters) {
        FunctionCounter.builder("intermezzo.webhooks.from.elsewhere", fromElsewhere, AtomicLong::doubleValue)
                .description("Webhooks at a valid address from outside the networks that they may come from: 403.")
                .register(meters);
    }

    @Override
    public Reply handle(EdgeRequest request) {
        String accountId = request.path("account");
        Optional<WebhookGate.Admitted> admitted = Ids.NAME.matcher(accountId).matches()
                ? gate.admit(accountId, request.path("webhookToken"), request.header("Authorization"))
                : Optional.empty();
        if (admitted.isEmpty()) {
            return new Reply.Refused(Refusal.of(401, "webhook-unauthenticated", "error.not-found"));
        }
        Optional<InetAddress> from = request.clientIp();
        if (!networks.isEmpty() && !Network.anyHolds(networks, from)) {
            return elsewhere(accountId, from);
        }
        Optional<byte[]> body = request.body(WebhookReading.MAX_BODY_BYTES);
        if (body.isEmpty()) {
            return new Reply.Refused(Refusal.of(413, "body-too-large", "error.too-large"));
        }
        return switch (outbox.take(records.of(admitted.get(), body.get()), Deadline.in(deadline))) {
            case BY_KAFKA, BY_SPOOL -> new Reply.Empty(200);
            case NOT -> {
                LOG.atError()
                        .addKeyValue("account", accountId)
                        .log("a webhook could not be made durable, answered 503");
                yield new Reply.Refused(Refusal.later("not-durable"));
            }
        };
    }

    /** The address has leaked, or Mozarto sends from elsewhere; the network in the log tells which. */
    private Reply elsewhere(String account, Optional<InetAddress> from) {
        fromElsewhere.incrementAndGet();
        LOG.atWarn()
                .addKeyValue("account", account)
                .addKeyValue("network", Network.siteText(from))
                .log("a webhook came from outside the networks that it may come from, answered 403");
        return new Reply.Refused(Refusal.of(
                403,
                "webhook-network-not-allowed",
                "error.not-found",
                "This address takes webhooks from certain networks only."));
    }
}
