package dev.intermezzo.orchestrator.correlator;

import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The correlator's topology between its topics, with the webhooks and index entries that tests send it. */
final class CorrelatorDriver implements AutoCloseable {
    private static final String PREFIX = "test.";
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final Duration HOLD = Duration.ofMinutes(15);
    static final Duration RETENTION = Duration.ofDays(400);
    static final String ACCOUNT = "sandbox-account";
    static final String TRANSACTION = "tx-1";
    static final String KEY = Ids.transactionKey(ACCOUNT, TRANSACTION);
    static final String PAYMENT = "demo-shop~11111111-1111-4111-8111-111111111111";

    final Vault vault = new Vault(SealingKeys.generate());
    final TopologyTestDriver driver = new TopologyTestDriver(
            CorrelatorTopology.of(
                            PREFIX, HOLD, RETENTION, new DeadLetters(vault, () -> START), WriterSchemas.compiledIn())
                    .topology(),
            config(),
            START);
    final TestInputTopic<String, byte[]> inbox = input(Topics.WEBHOOK_INBOX);
    final TestInputTopic<String, byte[]> index = input(Topics.WEBHOOK_INDEX);
    final TestOutputTopic<String, byte[]> internal = output(Topics.PAYMENT_INTERNAL);
    final TestOutputTopic<String, byte[]> deadLetters = output(Topics.DEAD_LETTERS);

    @Override
    public void close() {
        driver.close();
    }

    void send(InboxWebhook webhook) {
        inbox.pipeInput(KEY, encode(Topics.WEBHOOK_INBOX, webhook));
    }

    void send(WebhookIndexEntry entry) {
        index.pipeInput(KEY, encode(Topics.WEBHOOK_INDEX, entry));
    }

    List<InternalEvent> published() {
        return internal.readValuesToList().stream()
                .map(value -> decode(Topics.PAYMENT_INTERNAL, value))
                .toList();
    }

    DeadLetter letter() {
        return decode(Topics.DEAD_LETTERS, deadLetters.readValue());
    }

    static WebhookIndexEntry entry() {
        return WebhookIndexEntry.newBuilder()
                .setPaymentId(PAYMENT)
                .setMerchantId("demo-shop")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(START)
                .setAttempt(2)
                .setProvider("PAYONE")
                .build();
    }

    /** With a user id that names attempt 5; the edge adds the payment when its integration uses the account. */
    static InboxWebhook naming(String id, String confirmedPayment) {
        InboxWebhook webhook = webhook(id, TransactionStatus.APPROVED);
        return InboxWebhook.newBuilder(webhook)
                .setPaymentId(confirmedPayment)
                .setMerchantId(confirmedPayment.isEmpty() ? "" : "demo-shop")
                .setWebhook(WebhookFacts.newBuilder(webhook.getWebhook())
                        .setUserId(UserId.perAttempt(PaymentAttempt.of(PAYMENT, 5)))
                        .build())
                .build();
    }

    static InboxWebhook webhook(String id, TransactionStatus status) {
        return webhook(id, TRANSACTION, status, WebhookShape.YEAR_2026);
    }

    static InboxWebhook webhook(String id, String transaction, TransactionStatus status, WebhookShape shape) {
        return InboxWebhook.newBuilder()
                .setId(id)
                .setPaymentId("")
                .setMerchantId("")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(START)
                .setWebhook(WebhookFacts.newBuilder()
                        .setAccount(ACCOUNT)
                        .setTransactionId(transaction)
                        .setRawStatus(status.name())
                        .setStatus(status)
                        .setAmount(new BigDecimal("10.0000"))
                        .setShape(shape)
                        .setBodyDigest(ByteBuffer.allocate(32))
                        .build())
                .build();
    }

    static InboxWebhook shopSays(String invoice, WebhookShape shape) {
        InboxWebhook webhook = webhook("shop-1", invoice, TransactionStatus.UNKNOWN, shape);
        return InboxWebhook.newBuilder(webhook)
                .setWebhook(WebhookFacts.newBuilder(webhook.getWebhook())
                        .setAccount(Ids.shop("demo-shop"))
                        .setRawStatus("paid")
                        .build())
                .build();
    }

    private TestInputTopic<String, byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(
                topic.in(PREFIX),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer());
    }

    private TestOutputTopic<String, byte[]> output(Topic<?> topic) {
        return driver.createOutputTopic(
                topic.in(PREFIX),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer());
    }

    static <T extends SpecificRecordBase> byte[] encode(Topic<T> topic, T value) {
        return Codec.of(topic.value()).encode(value);
    }

    static <T extends SpecificRecordBase> T decode(Topic<T> topic, byte[] value) {
        return Codec.of(topic.value()).decode(value, WriterSchemas.compiledIn());
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "correlator-test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        return config;
    }
}
