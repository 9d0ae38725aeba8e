package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks from this machine to edges that take them from certain networks only: reached directly, and by way of a proxy. */
@ExtendWith(World.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookNetworksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOLD = "X-Forwarded-For";
    private static final String HERE = "127.0.0.0/8,::1";
    private static final String MOZARTO = "192.0.2.0/24,2001:db8:7::/48";

    private final World world;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final EdgeService fromHere;
    private final EdgeService behindProxy;
    private final EdgeService pastProxy;

    WebhookNetworksTest(World world) {
        this.world = world;
        this.fromHere = world.anotherEdge(Map.of("ingress.webhook-networks", HERE));
        this.behindProxy = world.anotherEdge(Map.of(
                "ingress.address-header", TOLD, "ingress.trusted-proxies", HERE, "ingress.webhook-networks", MOZARTO));
        this.pastProxy = world.anotherEdge(Map.of(
                "ingress.address-header", TOLD,
                "ingress.trusted-proxies", "198.51.100.0/24",
                "ingress.webhook-networks", MOZARTO));
    }

    @BeforeAll
    void start() {
        behindProxy.measure(meters);
        edges().forEach(EdgeService::start);
        await().atMost(PATIENCE).until(() -> edges().allMatch(EdgeService::ready));
    }

    @AfterAll
    void stop() {
        edges().forEach(EdgeService::close);
    }

    private Stream<EdgeService> edges() {
        return Stream.of(fromHere, behindProxy, pastProxy);
    }

    @Test
    void a_webhook_from_the_networks_is_taken() {
        assertTaken(fromHere);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7",
        "2001:db8:7::1",
        "::ffff:192.0.2.7",
        "[::ffff:c000:207]",
        "'203.0.113.9, 192.0.2.7'",
    })
    void behind_a_proxy_the_address_counts_that_the_proxy_tells(String told) {
        assertTaken(behindProxy, TOLD, told);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9",
        "2001:db8:8::1",
        "::ffff:203.0.113.9",
        "127.0.0.1",
        "'192.0.2.7, 203.0.113.9'",
        "192.0.2.7:443",
        "unknown",
        "' '",
    })
    void a_webhook_from_elsewhere_is_refused_counted_and_not_kept(String told) {
        double before = fromElsewhere();

        assertRefused(behindProxy, TOLD, told);

        assertThat(fromElsewhere() - before).isEqualTo(1);
    }

    @Test
    void a_proxy_that_tells_no_address_lets_no_webhook_in() {
        assertRefused(behindProxy);
    }

    @Test
    void a_header_from_an_address_that_is_no_proxy_counts_for_nothing() {
        assertRefused(pastProxy, TOLD, "192.0.2.7");
        assertTaken(fromHere, TOLD, "203.0.113.9");
    }

    @Test
    void its_body_is_not_looked_at() {
        HttpResponse<String> answer =
                send(behindProxy, TestMerchants.WEBHOOK_TOKEN, "x".repeat(64 * 1024 + 1), TOLD, "203.0.113.9");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void who_does_not_know_the_address_learns_nothing_of_networks_and_is_not_counted() {
        double before = fromElsewhere();

        HttpResponse<String> answer = send(behindProxy, "wrong", webhook("tx-" + Order.uuid()), TOLD, "203.0.113.9");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("webhook-unauthenticated").doesNotContain("network");
        assertThat(fromElsewhere()).isEqualTo(before);
    }

    @Test
    void the_log_names_the_account_and_the_site_and_neither_the_token_nor_the_address() {
        List<List<String>> warnings = Warnings.during(
                "dev.intermezzo.ingress.webhook", () -> assertRefused(behindProxy, TOLD, "203.0.113.9"));

        assertThat(warnings).containsExactly(List.of("account=" + TestMerchants.ACCOUNT, "network=203.0.113.0/24"));
    }

    private double fromElsewhere() {
        return meters.get("intermezzo.webhooks.from.elsewhere")
                .functionCounter()
                .count();
    }

    private void assertTaken(EdgeService edge, String... headers) {
        String transaction = "tx-" + Order.uuid();
        assertThat(send(edge, TestMerchants.WEBHOOK_TOKEN, webhook(transaction), headers)
                        .statusCode())
                .isEqualTo(200);
        world.awaitInbox(TestMerchants.ACCOUNT + '~' + transaction);
    }

    /** What follows on the same partition is the only record under its key. */
    private void assertRefused(EdgeService edge, String... headers) {
        String transaction = "tx-" + Order.uuid();
        HttpResponse<String> answer = send(edge, TestMerchants.WEBHOOK_TOKEN, webhook(transaction), headers);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"webhook-network-not-allowed\"")
                .doesNotContain("192.0.2", "203.0.113", "127.0.0");
        assertThat(send(fromHere, TestMerchants.WEBHOOK_TOKEN, webhook(transaction))
                        .statusCode())
                .isEqualTo(200);
        world.awaitInbox(TestMerchants.ACCOUNT + '~' + transaction);
        assertThat(world.inboxOf(TestMerchants.ACCOUNT + '~' + transaction)).hasSize(1);
    }

    private static HttpResponse<String> send(EdgeService edge, String token, String body, String... headers) {
        return new EdgeClient(edge.port())
                .post("/mozarto/" + TestMerchants.ACCOUNT + "/webhooks/" + token, "application/json", body, headers);
    }

    private static String webhook(String transaction) {
        return """
                {"transaction_id":"%s","transaction_status":"Approved","amount":"149.90"}""".formatted(transaction);
    }
}
