package dev.intermezzo.ingress;

import dev.intermezzo.partners.mozarto.MerchantReference;
import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.IdentityKeys;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.WarmUp;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An edge between a real broker and a real HTTP client, with a stand-in for the orchestrator behind it. All test classes
 * share one; each test uses orders of its own.
 */
final class World implements AutoCloseable {

    private static final AtomicInteger INSTALLATIONS = new AtomicInteger();

    final KafkaSettings kafka;
    final SealingKeys keys;
    final Producer<String, byte[]> producer;
    final FakeOrchestrator orchestrator;
    final EdgeService edge;
    final MeterRegistry meters = new SimpleMeterRegistry();
    final EdgeClient http;
    final List<PaymentEvent> events = new CopyOnWriteArrayList<>();
    final List<BuyerKey> buyerKeys = new CopyOnWriteArrayList<>();
    final List<Map.Entry<String, InboxWebhook>> inbox = new CopyOnWriteArrayList<>();
    private final List<TopicTail> tails;

    World(EmbeddedBroker broker, Map<String, String> settings) {
        kafka = new KafkaSettings(broker.bootstrapServers(), "edge" + INSTALLATIONS.incrementAndGet() + ".", "one");
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(Topics.ALL);
            topics.require(Topics.ALL);
        }
        keys = SealingKeys.generate();
        producer = KafkaClients.producer(kafka, "test");
        orchestrator = new FakeOrchestrator(new TypedProducer<>(producer, kafka), keys);
        tails = List.of(
                tail(Topics.PAYMENT_EVENTS, (key, event) -> {
                    events.add(event);
                    orchestrator.take(event);
                }),
                tail(Topics.BUYER_KEYS, (key, buyerKey) -> buyerKeys.add(buyerKey)),
                tail(Topics.WEBHOOK_INBOX, (key, webhook) -> inbox.add(Map.entry(key, webhook))));
        TestMerchants.records(keys).forEach(this::publish);
        edge = anotherEdge(settings);
        edge.measure(meters);
        edge.start();
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> edge.ready() && tails.stream().allMatch(TopicTail::caughtUp));
        http = new EdgeClient(edge.port());
    }

    /** An edge of this installation with these settings beside the defaults of tests; it is not started. */
    EdgeService anotherEdge(Map<String, String> settings) {
        SettingsReader reader = new SettingsReader(SettingsSource.of(withDefaults(settings)));
        EdgeSettings read = EdgeSettings.read(reader);
        reader.throwIfAny();
        return new EdgeService(read, kafka, keys, InstantSource.system());
    }

    /** Puts a record of a merchant, an integration or an account into force. */
    void publish(MerchantRecord record) {
        new TypedProducer<MerchantRecord>(producer, kafka)
                .send(Topics.MERCHANTS, MerchantKeys.key(record), record)
                .join();
    }

    /** Takes a record out of force. */
    void forget(String key) {
        new TypedProducer<MerchantRecord>(producer, kafka)
                .forget(Topics.MERCHANTS, key)
                .join();
    }

    /** The events of one payment so far. */
    List<PaymentEvent> eventsOf(String paymentId) {
        return events.stream()
                .filter(event -> event.getPaymentId().equals(paymentId))
                .toList();
    }

    /** Waits until a payment has an event with such a body, and gives the latest. */
    <B> B awaitBody(String paymentId, Class<B> type) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> bodiesOf(paymentId, type), found -> !found.isEmpty())
                .getLast();
    }

    InboxWebhook awaitInbox(String key) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> inboxOf(key), found -> !found.isEmpty())
                .getLast();
    }

    /** The bodies of one payment's events that are of this type. */
    <B> List<B> bodiesOf(String paymentId, Class<B> type) {
        return eventsOf(paymentId).stream()
                .map(PaymentEvent::getBody)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The webhooks under one key of the inbox so far. */
    List<InboxWebhook> inboxOf(String key) {
        return inbox.stream()
                .filter(each -> each.getKey().equals(key))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Waits until every event of a payment that is published by now has been seen: a marker follows on its partition. */
    void awaitQuiet(String paymentId) {
        String marker = Order.uuid();
        new TypedProducer<PaymentEvent>(producer, kafka)
                .send(
                        Topics.PAYMENT_EVENTS,
                        paymentId,
                        new PaymentEvent(
                                marker, paymentId, "demo-shop", Environment.SANDBOX, Instant.EPOCH, new WarmUp()))
                .join();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> events.stream().anyMatch(event -> event.getId().equals(marker)));
    }

    private <T extends SpecificRecordBase> TopicTail tail(Topic<T> topic, BiConsumer<String, T> receiver) {
        Codec<T> codec = Codec.of(topic.value());
        TopicTail tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "test"),
                kafka.topic(topic),
                TopicTail.From.BEGINNING,
                record -> receiver.accept(record.key(), codec.decode(record.value(), WriterSchemas.compiledIn())));
        tail.start();
        return tail;
    }

    private static Map<String, String> withDefaults(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "ingress.port", "0",
                "ingress.public-url", "https://pay.example.com",
                "ingress.long-poll", "2s"));
        all.putAll(settings);
        all.putIfAbsent("webhook.spool.dir", temporary().resolve("spool").toString());
        return all;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(Path.of("target"), "edge-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A metric's value now. */
    int measured(String name, String... tags) {
        return (int) meters.get(name).tags(tags).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    /** One webhook of the sandbox account without our reference; the amount tells it from others of its transaction. */
    HttpResponse<String> webhook(String transaction, int amount) {
        return http.post(
                "/mozarto/" + TestMerchants.ACCOUNT + "/webhooks/" + TestMerchants.WEBHOOK_TOKEN,
                "application/json",
                """
                {"transaction_id":"%s","transaction_status":"Pending","amount":"%d"}""".formatted(transaction, amount));
    }

    /** Our reference for an attempt, as the Cashier is told it. */
    String reference(String paymentId, int attempt) {
        return new MerchantReference(IdentityKeys.references(keys))
                .write(TestMerchants.ACCOUNT, PaymentAttempt.of(paymentId, attempt));
    }

    /** The amounts of a transaction's webhooks in the inbox, each where it stands first. */
    List<Integer> amountsOf(String transaction) {
        return inboxOf(TestMerchants.ACCOUNT + '~' + transaction).stream()
                .map(webhook -> webhook.getWebhook().getAmount().intValueExact())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        edge.close();
        tails.forEach(TopicTail::close);
        producer.close(Duration.ZERO);
    }

    /** One broker for all tests, and one world for all that do not need settings of their own. */
    static final class Shared implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Shared.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == World.class || type == EmbeddedBroker.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Running running = context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(Running.class, unused -> new Running(), Running.class);
            return parameter.getParameter().getType() == World.class ? running.world : running.broker;
        }

        /** Closed with the root context, after the last test. */
        private static final class Running implements AutoCloseable {
            private final EmbeddedBroker broker = EmbeddedBroker.temporary();
            private final World world = new World(broker, Map.of());

            @Override
            public void close() {
                world.close();
                broker.close();
            }
        }
    }
}
