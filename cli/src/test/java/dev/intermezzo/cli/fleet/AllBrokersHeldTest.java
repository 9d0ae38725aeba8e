package dev.intermezzo.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.cli.up.PartnersAt;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.load.EdgeProbe;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.SignedForm;
import dev.intermezzo.sandbox.web.Balancer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.InboxWebhook;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All three brokers are held (SIGSTOP): their connections stand and nobody answers, so that nothing but a bound of its own
 * tells the edge that it waits in vain.
 */
class AllBrokersHeldTest {
    /** Longer than a client's session, a transaction and a request to a broker may take. */
    private static final Duration HELD = Duration.ofSeconds(20);

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration MOZARTOS_PATIENCE = Duration.ofSeconds(10);

    /** A build machine shares its cores: what takes less than two seconds alone may take somewhat longer. */
    private static final Duration TWO_SECONDS_AND_A_BUSY_MACHINE = Duration.ofSeconds(6);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @Tag("full")
    void forms_are_answered_503_and_webhooks_200_while_brokers_are_held_and_the_same_form_is_taken_afterwards()
            throws Exception {
        Path data = folder.resolve("fleet");
        try (Fleet fleet = new Fleet(data, line -> {});
                Balancer balancer = Balancer.start(0, fleet::ingressPorts)) {
            URI edge = URI.create("http://localhost:" + balancer.port());
            fleet.startBrokers();
            try (Partners partners =
                    Partners.start(PartnersAt.onLoopback(0, 0, edge), data.resolve("keys"), InstantSource.system())) {
                partners.apply(fleet.kafka(), fleet.keys());
                fleet.startStages(Map.of(StageRole.INGRESS, 1, StageRole.ORCHESTRATOR, 1), edge);
                assertThat(EdgeProbe.awaitAccepting(partners.shop())).isEmpty();
                held(fleet, form(partners), webhooks(data, edge));
            }
        }
    }

    private void held(Fleet fleet, SignedForm form, URI webhooks) throws Exception {
        for (Member broker : fleet.of(Kind.BROKER)) {
            broker.hold();
        }
        long begun = System.nanoTime();

        for (int time = 1; time <= 2; time++) {
            HttpResponse<String> refused = post(form, TWO_SECONDS_AND_A_BUSY_MACHINE);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("<html lang=\"lv\">", "Mēģināt vēlreiz", "id=\"again\"");
            assertThat(webhook(webhooks, "tx-" + time)).isEqualTo(200);
        }
        Duration left = HELD.minusNanos(System.nanoTime() - begun);
        await().pollDelay(left.isNegative() ? Duration.ZERO : left).atMost(LONG).until(() -> true);
        for (Member broker : fleet.of(Kind.BROKER)) {
            broker.letGo();
        }

        fleet.awaitReady(fleet.members());
        await().atMost(LONG).until(() -> post(form, MOZARTOS_PATIENCE).statusCode() == 303);
        List<String> published = new CopyOnWriteArrayList<>();
        try (TopicTail inbox = inbox(fleet, published)) {
            inbox.start();
            await().atMost(LONG).untilAsserted(() -> assertThat(published).contains("tx-1", "tx-2"));
        }
    }

    private static SignedForm form(Partners partners) {
        Buyer anna = Buyer.example("anna@example.com");
        Buyer latvian =
                new Buyer(anna.firstName(), anna.lastName(), anna.email(), anna.phone(), anna.countryCode(), "lv");
        return partners.shop()
                .signedForm(partners.shop().newOrder(new BigDecimal("149.90"), "CAD", latvian, FaultPlan.NONE));
    }

    private static URI webhooks(Path data, URI edge) throws IOException {
        Properties secrets = new Properties();
        secrets.load(new StringReader(Files.readString(data.resolve("keys").resolve("sandbox-secrets.properties"))));
        return edge.resolve("/mozarto/" + SandboxWorld.ACCOUNT + "/webhooks/" + secrets.getProperty("webhook-token"));
    }

    private HttpResponse<String> post(SignedForm form, Duration atMost) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(form.action())
                        .timeout(atMost)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "text/html")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int webhook(URI webhooks, String transaction) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(webhooks)
                                .timeout(MOZARTOS_PATIENCE)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("""
                                        {"transaction_id":"%s","transaction_status":"Pending","amount":"1"}""".formatted(transaction)))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static TopicTail inbox(Fleet fleet, List<String> published) {
        Codec<InboxWebhook> codec = Codec.of(InboxWebhook.class);
        return new TopicTail(
                () -> KafkaClients.tail(fleet.kafka(), "test"),
                fleet.kafka().topic(Topics.WEBHOOK_INBOX),
                TopicTail.From.BEGINNING,
                record -> published.add(codec.decode(record.value(), WriterSchemas.compiledIn())
                        .getWebhook()
                        .getTransactionId()));
    }
}
