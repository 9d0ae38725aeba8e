package dev.intermezzo.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.cli.kafka.BrokerProbe;
import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.cli.up.PartnersAt;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.sandbox.web.Balancer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.InboxWebhook;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All three brokers are killed (SIGKILL) and stay away for a minute, while webhooks come in and none is sent twice. */
class AllBrokersGoneTest {
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration MOZARTOS_PATIENCE = Duration.ofSeconds(10);
    private static final int TRANSACTIONS = 8;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, List<Integer>> published = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong slowestMillis = new AtomicLong();

    @Test
    @Tag("full")
    void webhooks_that_arrive_once_each_during_sixty_seconds_without_any_broker_are_all_published_in_order()
            throws Exception {
        Path data = folder.resolve("fleet");
        try (Fleet fleet = new Fleet(data, line -> {});
                Balancer balancer = Balancer.start(0, fleet::ingressPorts);
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            URI webhooks = started(fleet, data, URI.create("http://localhost:" + balancer.port()));
            try (TopicTail tail = inbox(fleet.kafka())) {
                tail.start();
                List<CompletableFuture<Integer>> sent = IntStream.range(0, TRANSACTIONS)
                        .mapToObj(n -> CompletableFuture.supplyAsync(() -> sendUntilOver(webhooks, "tx-" + n), senders))
                        .toList();
                await().atMost(LONG).until(() -> published.size() == TRANSACTIONS);

                long taken = outage(fleet);
                over.set(true);

                for (int n = 0; n < TRANSACTIONS; n++) {
                    List<Integer> all =
                            IntStream.rangeClosed(1, sent.get(n).join()).boxed().toList();
                    List<Integer> found = published.getOrDefault("tx-" + n, List.of());
                    await().atMost(LONG).until(() -> found.stream().distinct().count() >= all.size());
                    assertThat(found.stream().distinct()).containsExactlyElementsOf(all);
                }
                assertThat(taken)
                        .as("webhooks answered 200 while no broker was there")
                        .isGreaterThan(200);
                assertThat(Duration.ofMillis(slowestMillis.get())).isLessThan(MOZARTOS_PATIENCE);
            }
        } finally {
            over.set(true);
        }
    }

    /** Returns how many webhooks were taken while no broker was there. */
    private long outage(Fleet fleet) throws InterruptedException {
        for (Member broker : fleet.of(Kind.BROKER)) {
            broker.kill();
        }
        assertThat(BrokerProbe.anyAnswers(fleet.kafka().bootstrapServers())).isFalse();
        long before = answered.get();
        await().pollDelay(OUTAGE).atMost(OUTAGE.plus(LONG)).until(() -> true);
        long taken = answered.get() - before;
        assertThat(BrokerProbe.anyAnswers(fleet.kafka().bootstrapServers())).isFalse();
        fleet.of(Kind.BROKER).forEach(Member::start);
        fleet.awaitReady(fleet.members());
        return taken;
    }

    /** Three brokers, one edge, and the sandbox's merchant; returns where its account's webhooks go. */
    private static URI started(Fleet fleet, Path data, URI edge) throws Exception {
        fleet.startBrokers();
        try (Partners partners =
                Partners.start(PartnersAt.onLoopback(0, 0, edge), data.resolve("keys"), InstantSource.system())) {
            partners.apply(fleet.kafka(), fleet.keys());
        }
        fleet.startStages(Map.of(StageRole.INGRESS, 1), edge);
        Properties secrets = new Properties();
        secrets.load(new StringReader(Files.readString(data.resolve("keys").resolve("sandbox-secrets.properties"))));
        return edge.resolve("/mozarto/" + SandboxWorld.ACCOUNT + "/webhooks/" + secrets.getProperty("webhook-token"));
    }

    private TopicTail inbox(KafkaSettings kafka) {
        Codec<InboxWebhook> codec = Codec.of(InboxWebhook.class);
        return new TopicTail(
                () -> KafkaClients.tail(kafka, "test"),
                kafka.topic(Topics.WEBHOOK_INBOX),
                TopicTail.From.BEGINNING,
                record -> {
                    var webhook = codec.decode(record.value(), WriterSchemas.compiledIn())
                            .getWebhook();
                    published
                            .computeIfAbsent(webhook.getTransactionId(), first -> new CopyOnWriteArrayList<>())
                            .add(webhook.getAmount().intValueExact());
                });
    }

    /** Each webhook once, each answered 200, the next one after that; the amount numbers them. */
    private int sendUntilOver(URI webhooks, String transaction) {
        int amount = 0;
        while (!over.get()) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = send(webhooks, transaction, ++amount);
            slowestMillis.accumulateAndGet(
                    Duration.ofNanos(System.nanoTime() - begun).toMillis(), Math::max);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            answered.incrementAndGet();
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        }
        return amount;
    }

    private HttpResponse<String> send(URI webhooks, String transaction, int amount) {
        HttpRequest request = HttpRequest.newBuilder(webhooks)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"transaction_id":"%s","transaction_status":"Pending","amount":"%d"}""".formatted(transaction, amount)))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
