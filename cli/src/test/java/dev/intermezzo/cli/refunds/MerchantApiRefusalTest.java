package dev.intermezzo.cli.refunds;

import static dev.intermezzo.cli.refunds.MerchantSystem.assertProblem;
import static dev.intermezzo.cli.refunds.MerchantSystem.json;
import static dev.intermezzo.cli.refunds.MerchantSystem.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.merchants.MerchantsCommand;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the merchant API refuses by itself: it is not kept, and no payment hears of it. */
@Tag("full")
@SuppressWarnings("NullAway.Init") // set before the tests
class MerchantApiRefusalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OTHER = "other-shop";

    @TempDir
    private static Path folder;

    private static RefundApi api;

    @BeforeAll
    static void start() {
        api = RefundApi.start(folder);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void an_unpaid_payment_has_nothing_to_give_back_and_one_that_nobody_knows_is_not_found() throws Exception {
        String unpaid = PaidOrders.bought(api.world, PaidOrders.planned(6, Scenario.DECLINED, "20.00"));
        String unknown = SandboxWorld.SHOP + "~00000000-0000-0000-0000-000000000000";

        assertProblem(api.refund(api.one, unpaid, "unpaid", "1.00", "r"), 409, "payment-not-approved");
        assertProblem(api.refund(api.one, unknown, "unknown", "1.00", "r"), 404, "payment-not-found");
        assertProblem(api.get(api.one, "/api/v1/payments/" + unknown), 404, "payment-not-found");
        assertProblem(api.get(api.one, "/api/v1/payouts/" + unpaid + "~nothing"), 404, "pay-out-not-found");
        assertThat(api.payment(unpaid).get("approved").asText()).isEqualTo("0.00");
    }

    @Test
    void a_key_sees_and_does_no_more_than_it_was_issued_for() throws Exception {
        String payment = PaidOrders.bought(api.world, PaidOrders.planned(7, Scenario.APPROVED, "20.00"));
        publish(OTHER, otherMerchant());
        MerchantSystem foreign = MerchantSystem.issued(api.world.kafka(), OTHER, RefundApi.SCOPES);
        MerchantSystem reader = MerchantSystem.issued(api.world.kafka(), SandboxWorld.SHOP, "payments:read");
        await().atMost(PATIENCE)
                .until(() -> reader.get(api.one, "/api/v1/payments/" + payment).statusCode() == 200);
        await().atMost(PATIENCE)
                .until(() -> foreign.get(api.one, "/api/v1/payments/" + payment).statusCode() == 404);

        assertProblem(foreign.get(api.one, "/api/v1/payments/" + payment), 404, "payment-not-found");
        assertProblem(foreign.get(api.one, "/api/v1/payouts/" + payment + "~x"), 404, "pay-out-not-found");
        assertProblem(send(api.request(api.one, payment, "k", "1.00", "r", foreign)), 404, "payment-not-found");
        assertProblem(send(api.request(api.one, payment, "k", "1.00", "r", reader)), 403, "scope-missing");
        assertProblem(reader.get(api.one, "/api/v1/payouts/" + payment + "~x"), 403, "scope-missing");
        assertProblem(
                new MerchantSystem(reader.key() + "A").get(api.one, "/api/v1/payments/" + payment),
                401,
                "api-key-not-valid");

        String id = ApiToken.parse(reader.key()).orElseThrow().keyId();
        assertThat(api.run(new MerchantsCommand(), "api-key", "revoke", SandboxWorld.SHOP, id)
                        .exit())
                .isEqualTo(ExitCodes.HOLDS);
        await().atMost(PATIENCE)
                .until(() -> reader.get(api.one, "/api/v1/payments/" + payment).statusCode() == 401);
    }

    @Test
    void what_cannot_be_meant_is_refused_before_anything_is_kept() throws Exception {
        String payment = PaidOrders.bought(api.world, PaidOrders.planned(8, Scenario.APPROVED, "20.00"));
        String good = RefundApi.body("1.00", "r");

        assertProblem(api.posted(payment, null, "application/json", good), 400, "idempotency-key-missing");
        assertProblem(api.posted(payment, "a b", "application/json", good), 400, "idempotency-key-not-valid");
        assertProblem(api.posted(payment, "k", "text/plain", good), 415, "content-type-unsupported");
        assertProblem(api.posted(payment, "k", "application/json", "{\"amount\":1}"), 400, "body-not-valid");
        assertProblem(api.posted(payment, "k", "application/json", " ".repeat(5_000)), 413, "body-too-large");
        assertProblem(api.refund(api.one, payment, "k", "500.01", "r"), 409, "pay-out-above-limit");
        assertProblem(api.get(api.one, "/api/v1/nothing"), 404, "not-found");
        assertProblem(api.get(api.one, "/api/v1/payments/" + payment + "/refunds"), 405, "method-not-allowed");
        assertThat(api.refund(api.one, payment, "k", "1.00", "the key is still free")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_key_that_asks_too_often_is_told_when_to_come_back_and_the_document_needs_none() {
        MerchantApiService slow = MerchantSystem.api(api.world.kafka(), 1);
        try {
            assertThat(api.get(slow, "/api/v1/payouts/a~b").statusCode()).isEqualTo(404);
            assertThat(api.get(slow, "/api/v1/payouts/a~b").statusCode()).isEqualTo(404);
            HttpResponse<String> third = api.get(slow, "/api/v1/payouts/a~b");

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
                api.world.kafka(),
                Topics.MERCHANTS,
                List.of(Map.entry(
                        MerchantKeys.key(record), Codec.of(MerchantRecord.class).encode(record))));
    }
}
