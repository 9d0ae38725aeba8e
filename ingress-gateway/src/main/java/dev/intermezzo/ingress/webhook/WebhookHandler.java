package dev.intermezzo.ingress.webhook;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.partners.mozarto.WebhookReading;
import dev.intermezzo.schemas.Ids;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozarto/{account}/webhooks/{webhookToken}}: the Cashier tells how a transaction went.
 *
 * <p>Only bad authentication (401) and size (413) are refused. Whatever else comes is durable before it is answered 200,
 * also what nobody can read. When Kafka does not take it within the deadline the answer is 503, and the Cashier's own
 * retry is relied on; a spool on disk, which will answer 200 for it, is not part of this build.
 */
public final class WebhookHandler implements EdgeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookHandler.class);

    private final WebhookGate gate;
    private final WebhookFactsWriter facts;
    private final Duration deadline;

    /**
     * @param deadline within which Kafka has to take it; well below the Cashier's 10 s
     */
    public WebhookHandler(WebhookGate gate, WebhookFactsWriter facts, Duration deadline) {
        this.gate = gate;
        this.facts = facts;
        this.deadline = deadline;
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
        Optional<byte[]> body = request.body(WebhookReading.MAX_BODY_BYTES);
        if (body.isEmpty()) {
            return new Reply.Refused(Refusal.of(413, "body-too-large", "error.too-large"));
        }
        Deadline until = Deadline.in(deadline);
        if (until.await(facts.publish(admitted.get(), body.get()))) {
            return new Reply.Empty(200);
        }
        LOG.atError().addKeyValue("account", accountId).log("a webhook could not be made durable, answered 503");
        return new Reply.Refused(Refusal.later("not-durable"));
    }
}
