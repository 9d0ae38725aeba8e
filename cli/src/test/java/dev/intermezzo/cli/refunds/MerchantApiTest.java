package dev.intermezzo.cli.refunds;

import static dev.intermezzo.cli.refunds.MerchantSystem.assertProblem;
import static dev.intermezzo.cli.refunds.MerchantSystem.json;
import static dev.intermezzo.cli.refunds.MerchantSystem.send;
import static dev.intermezzo.cli.refunds.MerchantSystem.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.audit.AuditCommand;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.merchants.MerchantsCommand;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.check.Checker;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the merchant API beside a whole installation: the orders are bought by buyers, the state machine decides,
 * the Cashier pays out.
 */
@Tag("full")
@SuppressWarnings("NullAway.Init") // set before the tests
class MerchantApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OTHER = "other-shop";
    private static final String ALL = "payments:read,payouts:read,refunds:write";

    @TempDir
    private static Path folder;

    private static SandboxWorld world;
    private static MerchantApiService one;
    private static MerchantApiService two;
    private static MerchantSystem shop;

    @BeforeAll
    static void start() {
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
        shop = MerchantSystem.issued(world.kafka(), SandboxWorld.SHOP, ALL);
        one = MerchantSystem.api(world.kafka(), 1_000);
        two = MerchantSystem.api(world.kafka(), 1_000);
    }

    @AfterAll
    static void stop() {
        Stream.of(one, two).forEach(MerchantApiService::close);
        world.close();
    }

    @Test
    void a_refund_is_paid_once_and_its_repeat_is_answered_alike_by_every_instance_and_after_a_restart()
            throws Exception {
        PlannedPayment planned = PaidOrders.planned(1, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(world, planned);

        HttpResponse<String> asked = refund(one, payment, "first", "7.50", "Damaged parcel");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        String address = asked.headers().firstValue("Location").orElseThrow();
        await().atMost(PATIENCE)
                .until(() -> json(get(one, address)).get("state").asText().equals("paid"));
        HttpResponse<String> elsewhere = refund(two, payment, "first", "7.5", "Damaged parcel");
        HttpResponse<String> other = refund(two, payment, "first", "7.51", "Damaged parcel");
        MerchantApiService restarted = MerchantSystem.api(world.kafka(), 1_000);
        HttpResponse<String> later;
        HttpResponse<String> otherLater;
        JsonNode shown;
        try {
            later = refund(restarted, payment, "first", "7.50", "Damaged parcel");
            otherLater = refund(restarted, payment, "first", "7.50", "Another reason");
            shown = json(get(restarted, "/api/v1/payments/" + payment));
        } finally {
            restarted.close();
        }

        assertThat(Stream.of(elsewhere, later)).allSatisfy(repeat -> {
            assertThat(repeat.statusCode()).isEqualTo(202);
            assertThat(repeat.body()).isEqualTo(asked.body());
            assertThat(repeat.headers().firstValue("Location")).contains(address);
        });
        assertProblem(other, 422, "idempotency-key-reused");
        assertProblem(otherLater, 422, "idempotency-key-reused");
        assertThat(payOuts(planned))
                .singleElement()
                .satisfies(payOut -> assertThat(payOut.amount()).isEqualByComparingTo("7.50"));
        assertThat(shown.get("state").asText()).isEqualTo("approved");
        assertThat(shown.get("approved").asText()).isEqualTo("20.00");
        assertThat(shown.get("refunded").asText()).isEqualTo("7.50");
        assertThat(shown.get("refunds")).singleElement().isEqualTo(json(get(two, address)));
        CommandRun story = run(new AuditCommand(), "show", payment, "--json");
        assertThat(story.out()).contains("with API key key-", "refund of 7.50 CAD");
        assertThat(run(new AuditCommand(), "verify", "--json").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void many_requests_under_one_key_at_once_are_one_refund() throws Exception {
        PlannedPayment planned = PaidOrders.planned(2, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(world, planned);

        List<HttpResponse<String>> answers = together(IntStream.range(0, 8)
                .mapToObj(each -> request(each % 2 == 0 ? one : two, payment, "race", "5.00", "Twice"))
                .toList());

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(202));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        String address = answers.getFirst().headers().firstValue("Location").orElseThrow();
        await().atMost(PATIENCE)
                .until(() -> json(get(two, address)).get("state").asText().equals("paid"));
        assertThat(payOuts(planned)).hasSize(1);
    }

    @Test
    void of_two_bodies_that_race_for_one_key_one_is_refused() throws Exception {
        PlannedPayment planned = PaidOrders.planned(3, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(world, planned);

        List<HttpResponse<String>> answers = together(List.of(
                request(one, payment, "bodies", "5.00", "One"), request(two, payment, "bodies", "6.00", "Two")));

        assertThat(answers.stream().map(HttpResponse::statusCode)).containsExactlyInAnyOrder(202, 422);
        assertThat(payment(payment).get("refunds")).hasSizeLessThanOrEqualTo(1);
        await().atMost(PATIENCE).until(() -> payOuts(planned).size() == 1);
    }

    @Test
    void two_refunds_that_race_never_pass_what_was_approved_and_the_api_tells_which_was_refused() throws Exception {
        PlannedPayment planned = PaidOrders.planned(4, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(world, planned);

        List<HttpResponse<String>> answers = together(
                List.of(request(one, payment, "left", "15.00", "One"), request(two, payment, "right", "15.00", "Two")));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(202));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers.stream()
                                .map(answer -> payOut(answer).get("state").asText()))
                        .containsExactlyInAnyOrder("paid", "refused"));
        assertThat(answers.stream().map(answer -> payOut(answer).get("code").asText()))
                .containsAnyOf("refund-in-flight", "refund-exceeds-approved");
        assertThat(payOuts(planned)).hasSize(1);
        assertThat(Checker.doublePayOuts(world.cashier().payOuts())).isZero();
    }

    @Test
    void more_than_was_paid_is_refused_by_the_payment_and_stays_refused_when_repeated() throws Exception {
        PlannedPayment planned = PaidOrders.planned(5, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(world, planned);

        HttpResponse<String> asked = refund(one, payment, "too-much", "20.01", "All and more");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(payOut(asked).get("code").asText()).isEqualTo("refund-exceeds-approved"));
        HttpResponse<String> again = refund(two, payment, "too-much", "20.01", "All and more");

        assertThat(again.body()).isEqualTo(asked.body());
        assertThat(payOut(again).get("state").asText()).isEqualTo("refused");
        assertThat(payment(payment).get("refunds")).isEmpty();
        assertThat(payOuts(planned)).isEmpty();
    }

    @Test
    void an_unpaid_payment_has_nothing_to_give_back_and_one_that_nobody_knows_is_not_found() throws Exception {
        String unpaid = PaidOrders.bought(world, PaidOrders.planned(6, Scenario.DECLINED, "20.00"));
        String unknown = SandboxWorld.SHOP + "~00000000-0000-0000-0000-000000000000";

        assertProblem(refund(one, unpaid, "unpaid", "1.00", "r"), 409, "payment-not-approved");
        assertProblem(refund(one, unknown, "unknown", "1.00", "r"), 404, "payment-not-found");
        assertProblem(get(one, "/api/v1/payments/" + unknown), 404, "payment-not-found");
        assertProblem(get(one, "/api/v1/payouts/" + unpaid + "~nothing"), 404, "pay-out-not-found");
        assertThat(payment(unpaid).get("approved").asText()).isEqualTo("0.00");
    }

    @Test
    void a_key_sees_and_does_no_more_than_it_was_issued_for() throws Exception {
        String payment = PaidOrders.bought(world, PaidOrders.planned(7, Scenario.APPROVED, "20.00"));
        publish(OTHER, otherMerchant());
        MerchantSystem foreign = MerchantSystem.issued(world.kafka(), OTHER, ALL);
        MerchantSystem reader = MerchantSystem.issued(world.kafka(), SandboxWorld.SHOP, "payments:read");
        await().atMost(PATIENCE)
                .until(() -> reader.get(one, "/api/v1/payments/" + payment).statusCode() == 200);
        await().atMost(PATIENCE)
                .until(() -> foreign.get(one, "/api/v1/payments/" + payment).statusCode() == 404);

        assertProblem(foreign.get(one, "/api/v1/payments/" + payment), 404, "payment-not-found");
        assertProblem(foreign.get(one, "/api/v1/payouts/" + payment + "~x"), 404, "pay-out-not-found");
        assertProblem(send(request(one, payment, "k", "1.00", "r", foreign)), 404, "payment-not-found");
        assertProblem(send(request(one, payment, "k", "1.00", "r", reader)), 403, "scope-missing");
        assertProblem(reader.get(one, "/api/v1/payouts/" + payment + "~x"), 403, "scope-missing");
        assertProblem(
                new MerchantSystem(reader.key() + "A").get(one, "/api/v1/payments/" + payment),
                401,
                "api-key-not-valid");

        String id = ApiToken.parse(reader.key()).orElseThrow().keyId();
        assertThat(run(new MerchantsCommand(), "api-key", "revoke", SandboxWorld.SHOP, id)
                        .exit())
                .isEqualTo(ExitCodes.HOLDS);
        await().atMost(PATIENCE)
                .until(() -> reader.get(one, "/api/v1/payments/" + payment).statusCode() == 401);
    }

    @Test
    void what_cannot_be_meant_is_refused_before_anything_is_kept() throws Exception {
        String payment = PaidOrders.bought(world, PaidOrders.planned(8, Scenario.APPROVED, "20.00"));
        String good = body("1.00", "r");

        assertProblem(posted(payment, null, "application/json", good), 400, "idempotency-key-missing");
        assertProblem(posted(payment, "a b", "application/json", good), 400, "idempotency-key-not-valid");
        assertProblem(posted(payment, "k", "text/plain", good), 415, "content-type-unsupported");
        assertProblem(posted(payment, "k", "application/json", "{\"amount\":1}"), 400, "body-not-valid");
        assertProblem(posted(payment, "k", "application/json", " ".repeat(5_000)), 413, "body-too-large");
        assertProblem(refund(one, payment, "k", "500.01", "r"), 409, "pay-out-above-limit");
        assertProblem(get(one, "/api/v1/nothing"), 404, "not-found");
        assertProblem(get(one, "/api/v1/payments/" + payment + "/refunds"), 405, "method-not-allowed");
        assertThat(refund(one, payment, "k", "1.00", "the key is still free").statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_key_that_asks_too_often_is_told_when_to_come_back_and_the_document_needs_none() {
        MerchantApiService slow = MerchantSystem.api(world.kafka(), 1);
        try {
            assertThat(get(slow, "/api/v1/payouts/a~b").statusCode()).isEqualTo(404);
            assertThat(get(slow, "/api/v1/payouts/a~b").statusCode()).isEqualTo(404);
            HttpResponse<String> third = get(slow, "/api/v1/payouts/a~b");

            assertProblem(third, 429, "rate-limited");
            assertThat(third.headers().firstValue("Retry-After")).contains("1");
            assertThat(json(new MerchantSystem("none").get(slow, "/api/v1/openapi.json"))
                            .get("openapi")
                            .asText())
                    .isEqualTo("3.1.0");
        } finally {
            slow.close();
        }
    }

    // What the tests are written in

    private static Merchant otherMerchant() {
        return new Merchant(
                "Another shop",
                "another-account",
                null,
                true,
                true,
                null,
                List.of(),
                86_400,
                NoWordPolicy.FAILED,
                false,
                null,
                List.of(),
                List.of());
    }

    private static void publish(String id, Merchant merchant) {
        MerchantRecord record =
                new MerchantRecord(id, Environment.SANDBOX, Instant.parse("2026-01-01T00:00:00Z"), "r1", merchant);
        TestKafka.write(
                world.kafka(),
                Topics.MERCHANTS,
                List.of(Map.entry(
                        MerchantKeys.key(record), Codec.of(MerchantRecord.class).encode(record))));
    }

    private static HttpResponse<String> refund(
            MerchantApiService api, String payment, String name, String amount, String reason) {
        return send(request(api, payment, name, amount, reason));
    }

    private static HttpRequest request(
            MerchantApiService api, String payment, String name, String amount, String reason) {
        return request(api, payment, name, amount, reason, shop);
    }

    private static HttpRequest request(
            MerchantApiService api, String payment, String name, String amount, String reason, MerchantSystem by) {
        return by.post(api, refunds(payment), name, body(amount, reason));
    }

    private static HttpResponse<String> posted(String payment, @Nullable String name, String contentType, String body) {
        HttpRequest.Builder request = shop.posting(one, refunds(payment), body).header("Content-Type", contentType);
        return send((name == null ? request : request.header("Idempotency-Key", name)).build());
    }

    private static String refunds(String payment) {
        return "/api/v1/payments/" + payment + "/refunds";
    }

    private static String body(String amount, String reason) {
        return "{\"amount\":\"%s\",\"currency\":\"CAD\",\"reason\":\"%s\"}".formatted(amount, reason);
    }

    private static JsonNode payment(String id) {
        return json(get(one, "/api/v1/payments/" + id));
    }

    private static JsonNode payOut(HttpResponse<String> asked) {
        return shop.payOut(one, asked);
    }

    private static HttpResponse<String> get(MerchantApiService api, String path) {
        return shop.get(api, path);
    }

    private static List<TransactionSnapshot> payOuts(PlannedPayment planned) {
        return world.cashier().payOuts().stream()
                .filter(payOut -> payOut.email().equals(planned.email()))
                .toList();
    }

    private static CommandRun run(Object command, String... arguments) {
        return CommandRun.of(command, TestKafka.options(world.kafka()), arguments);
    }
}
