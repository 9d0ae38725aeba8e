package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers status webhooks, in the shape of the "Webhook" page with the amount as a string; what a provider says of its own
 * and what it leaves out is in its file. 10 s for the answer, anything but 200 is tried again. The pauses are
 * <b>invented</b>.
 */
final class Webhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final ObjectMapper json;
    private final List<Duration> retries;
    private final InstantSource clock;
    private final HttpClient http;
    private final Queue<WebhookAttempt> journal = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    Webhooks(ObjectMapper json, List<Duration> retries, InstantSource clock) {
        this.json = json;
        this.retries = retries;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(DEADLINE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** One message; {@code email} is for the journal only. */
    record Message(
            Company company,
            String transactionId,
            String pspTransactionId,
            String userId,
            String email,
            String status,
            String transactionStatus,
            String sentence,
            BigDecimal amount,
            String currency,
            String merchantReference,
            String method) {

        static Message approved(Transaction transaction) {
            PspRules.WebhookWords words = words(transaction);
            return of(transaction, words.status(), "Approved", words.sentence());
        }

        static Message declined(Transaction transaction) {
            return of(transaction, "declined", "Declined", "Transaction declined");
        }

        static Message of(Transaction transaction, String status, String transactionStatus, String sentence) {
            PayInRequest request = transaction.request();
            PspRules.WebhookWords words = words(transaction);
            return new Message(
                    request.company(),
                    transaction.id(),
                    transaction.pspId(),
                    request.userId(),
                    request.email(),
                    status,
                    transactionStatus,
                    sentence,
                    request.amount(),
                    words.currency() ? request.currency() : "",
                    words.reference() ? request.merchantReference() : "",
                    words.method());
        }

        private static PspRules.WebhookWords words(Transaction transaction) {
            return transaction
                    .request()
                    .psp()
                    .rules()
                    .words()
                    .orElseThrow(() -> new IllegalStateException("Its provider sends no webhook."));
        }

        Message withAmount(BigDecimal other) {
            return new Message(
                    company,
                    transactionId,
                    pspTransactionId,
                    userId,
                    email,
                    status,
                    transactionStatus,
                    sentence,
                    other,
                    currency,
                    merchantReference,
                    method);
        }

        Message ofTransaction(String otherId, String otherPspId) {
            return new Message(
                    company,
                    otherId,
                    otherPspId,
                    userId,
                    "",
                    status,
                    transactionStatus,
                    sentence,
                    amount,
                    currency,
                    merchantReference,
                    method);
        }
    }

    List<WebhookAttempt> journal() {
        return List.copyOf(journal);
    }

    /** Delivers the messages one after the other, each until it is taken, without keeping the caller waiting. */
    void later(List<Message> messages) {
        begin(messages);
    }

    /** As the other method, but keeps the caller waiting until the messages are taken, or this time is over. */
    void later(List<Message> messages, Duration atMost) {
        try {
            if (!begin(messages).join(atMost)) {
                LOG.atDebug().log("webhooks are not taken yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread begin(List<Message> messages) {
        return Thread.ofVirtual().name("webhooks").start(() -> messages.forEach(this::now));
    }

    /** Delivers one message and returns when it was taken or given up. */
    private void now(Message message) {
        if (delivered(message)) {
            return;
        }
        for (Duration pause : retries) {
            if (closed(pause) || delivered(message)) {
                return;
            }
        }
        LOG.atWarn()
                .addKeyValue("transaction", message.transactionId())
                .addKeyValue("attempts", retries.size() + 1)
                .log("webhook given up");
    }

    @Override
    public void close() {
        closing.countDown();
        http.shutdownNow();
    }

    private boolean delivered(Message message) {
        Instant sent = clock.instant();
        int answered = 0;
        try {
            answered = http.send(request(message), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("webhook attempt failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        WebhookAttempt attempt = new WebhookAttempt(
                message.transactionId(),
                message.email(),
                message.transactionStatus(),
                message.amount(),
                sent,
                clock.instant(),
                answered);
        journal.add(attempt);
        return attempt.accepted();
    }

    private HttpRequest request(Message message) {
        BackOffice settings = message.company().backOffice();
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.webhookUrl())
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(message)));
        if (settings.webhookAuthorization() != null) {
            request.header("Authorization", settings.webhookAuthorization());
        }
        return request.build();
    }

    private String body(Message message) {
        ObjectNode root = json.createObjectNode();
        root.put("transaction_id", message.transactionId());
        root.put("psp_transaction_id", message.pspTransactionId());
        root.put("user_id", message.userId());
        root.put("status", message.status());
        root.put("transaction_status", message.transactionStatus());
        root.put("message", message.sentence());
        root.put(
                "amount", message.amount().setScale(2, RoundingMode.UNNECESSARY).toPlainString());
        if (!message.currency().isEmpty()) {
            root.put("currency", message.currency());
        }
        root.put("merchantReference", message.merchantReference());
        if (!message.method().isEmpty()) {
            root.put("method", message.method());
        }
        return root.toString();
    }

    private boolean closed(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
