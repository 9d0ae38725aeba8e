package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real edge process with SIGKILL while webhooks go to its spool: what it answered 200 is published by the next one. */
class KilledEdgeTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int SENDERS = 4;
    private static final String PREFIX = "killed.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path data;

    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private @Nullable Process process;

    @AfterEach
    void endProcess() throws InterruptedException {
        kill();
    }

    @Test
    void what_was_answered_200_before_a_kill_during_an_outage_is_published_after_it() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.keptIn(data.resolve("kafka"), 0);
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), PREFIX, "test");
        prepare(kafka);
        Codec<InboxWebhook> codec = Codec.of(InboxWebhook.class);
        try (TopicTail tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "test"),
                kafka.topic(Topics.WEBHOOK_INBOX),
                TopicTail.From.BEGINNING,
                record -> published.add(codec.decode(record.value(), WriterSchemas.compiledIn())
                        .getWebhook()
                        .getTransactionId()))) {
            tail.start();
            EdgeClient edge = run(broker);
            broker.close();
            sendUntilKilled(edge);

            broker = EmbeddedBroker.keptIn(data.resolve("kafka"), 0);
            run(broker);
            await().atMost(LONG).until(() -> published.containsAll(acknowledged));

            assertThat(acknowledged).hasSizeGreaterThan(50);
            assertThat(sent).as("nothing that nobody sent").containsAll(published);
            await().atMost(LONG).until(() -> segments() == 0);
        } finally {
            broker.close();
        }
    }

    /** Each webhook once; the process ends in the middle of it. */
    private void sendUntilKilled(EdgeClient edge) throws InterruptedException {
        AtomicBoolean killed = new AtomicBoolean();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.execute(() -> {
                    while (!killed.get()) {
                        send(edge, "tx-" + Order.uuid());
                    }
                });
            }
            await().atMost(LONG).until(() -> acknowledged.size() > 50);
            kill();
            killed.set(true);
        }
    }

    private void send(EdgeClient edge, String transaction) {
        sent.add(transaction);
        try {
            HttpResponse<String> answer = edge.post(
                    "/mozarto/" + TestMerchants.ACCOUNT + "/webhooks/" + TestMerchants.WEBHOOK_TOKEN,
                    "application/json",
                    """
                    {"transaction_id":"%s","transaction_status":"Approved","amount":"1"}""".formatted(transaction));
            if (answer.statusCode() == 200) {
                acknowledged.add(transaction);
            }
        } catch (UncheckedIOException killedMeanwhile) {
            // Not answered: no promise.
        }
    }

    private void prepare(KafkaSettings kafka) {
        SealingKeys keys = SealingKeys.generate();
        keys.save(data.resolve("keys"));
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(Topics.ALL);
            topics.require(Topics.ALL);
        }
        try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            TypedProducer<MerchantRecord> merchants = new TypedProducer<>(producer, kafka);
            TestMerchants.records(keys)
                    .forEach(record -> merchants
                            .send(Topics.MERCHANTS, MerchantKeys.key(record), record)
                            .join());
        }
    }

    private EdgeClient run(EmbeddedBroker broker) throws IOException {
        Path port = data.resolve("port");
        Files.deleteIfExists(port);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        EdgeMain.class.getName(),
                        broker.bootstrapServers(),
                        PREFIX,
                        data.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(LONG).until(() -> Files.exists(port));
        return new EdgeClient(Integer.parseInt(Files.readString(port)));
    }

    /** SIGKILL: no handler, no shutdown hook, no last word. */
    private void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
            process = null;
        }
    }

    private long segments() throws IOException {
        try (var files = Files.list(data.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".segment"))
                    .collect(Collectors.toSet())
                    .size();
        }
    }
}
