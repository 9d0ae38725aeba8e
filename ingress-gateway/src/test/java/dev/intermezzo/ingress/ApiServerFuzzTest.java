package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A running merchant API under requests that no merchant's system would send, with and without a key that is valid there:
 * no 5xx, nothing of the machinery in any answer, and a good request is still served afterwards.
 */
@ExtendWith(World.Shared.class)
class ApiServerFuzzTest {

    private static final String MERCHANT = "fuzzed-shop";

    private final World world;
    private final MerchantApiService api;
    private final ApiToken key = ApiToken.issue(MERCHANT, "key-1", new SecureRandom());

    @SuppressWarnings("NullAway.Init") // set before each test
    private RawEdge raw;

    ApiServerFuzzTest(World world) {
        this.world = world;
        // The key's rate is not what is looked for here.
        this.api = new MerchantApiService(
                MerchantApiSettings.read(new SettingsReader(SettingsSource.of(
                        Map.of("merchant-api.port", "0", "merchant-api.requests-per-second", "10000")))),
                world.kafka,
                InstantSource.system());
    }

    @BeforeEach
    void a_merchant_may_do_everything() {
        Merchant merchant = Merchant.newBuilder(TestMerchants.merchant(true, null, null))
                .setPayOuts(PayOutLimits.newBuilder()
                        .setEnabledBy(List.of("anna", "ben"))
                        .setCurrency("CAD")
                        .setPerPayOut(new BigDecimal("100.0000"))
                        .setPerDay(new BigDecimal("500.0000"))
                        .setPerDestination(new BigDecimal("200.0000"))
                        .build())
                .setApiKeys(List.of(new ApiKey(
                        key.keyId(),
                        ByteBuffer.wrap(key.digest()),
                        List.of("payments:read", "refunds:write", "payouts:read", "payouts:write"),
                        Instant.EPOCH,
                        "anna",
                        "ben",
                        List.of())))
                .build();
        world.publish(TestMerchants.record(MERCHANT, merchant));
        api.start();
        await().atMost(Duration.ofSeconds(30)).until(api::ready);
        raw = new RawEdge(api.port());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(this::a_payment_is_looked_for);
    }

    @AfterEach
    void a_good_request_is_still_served() {
        try {
            a_payment_is_looked_for();
            raw.wasSeldomBusy();
        } finally {
            api.close();
        }
    }

    @Test
    void the_corpus_of_requests_is_answered_without_a_fault() {
        requests().examples().forEach(request -> raw.faultless(RawEdge.withLength(request)));
    }

    @Test
    void mutated_requests_are_answered_without_a_fault() {
        Mutants mutants = Mutants.of(requests())
                .withWords(List.of(
                        "GET",
                        "POST",
                        "HEAD",
                        "HTTP/1.0",
                        "/api/v1/",
                        "/refunds",
                        "~payout~",
                        "Bearer ",
                        "\\r\\nIdempotency-Key: ",
                        "\\r\\nContent-Type: ",
                        "\\r\\nTransfer-Encoding: chunked",
                        "\\r\\nContent-Length: ",
                        "%2f",
                        "%2e%2e"))
                .withSeparators("\r\n", " ", "/", "~", ": ");

        RawEdge.hold(mutants, request -> raw.faultless(RawEdge.withLength(request)));
    }

    @Test
    void bodies_of_any_content_are_answered_without_a_fault() {
        Mutants mutants = Mutants.of(Corpus.of(ApiServerFuzzTest.class, "api-body"))
                .withWords(List.of("\"amount\":", "\"currency\":", "\"reason\":", "\"destination\":"))
                .withSeparators(",", ":", "\"");

        RawEdge.hold(mutants, body -> {
            for (String path : List.of("/api/v1/payouts", "/api/v1/payments/" + payment() + "/refunds")) {
                String answer = raw.faultless(RawEdge.post(
                        path,
                        "application/json\r\nIdempotency-Key: " + Order.uuid() + "\r\nAuthorization: Bearer "
                                + key.reveal(),
                        body));

                assertThat(RawEdge.statuses(answer)).hasSize(1).isSubsetOf(Set.of(400, 404, 409, 413));
            }
        });
    }

    /** An order's payment that is none of this merchant's. */
    private static String payment() {
        return TestMerchants.SHOP + '~' + Order.uuid();
    }

    private void a_payment_is_looked_for() {
        assertThat(raw.exchange(("GET /api/v1/payments/" + payment() + authorized() + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 404")
                .contains("payment-not-found");
    }

    private String authorized() {
        return " HTTP/1.1\r\nHost: api\r\nConnection: close\r\nAuthorization: Bearer " + key.reveal() + "\r\n";
    }

    /** Good requests of every kind, with a key that is valid here, beside those of the corpus. */
    private Corpus requests() {
        String authorized = authorized();
        String json = "Idempotency-Key: k-1\r\nContent-Type: application/json\r\nContent-Length: *\r\n\r\n";
        return Corpus.of(ApiServerFuzzTest.class, "api-request")
                .and(Corpus.ofTexts(Stream.of(
                        "GET /api/v1/payments/" + payment() + authorized + "\r\n",
                        "GET /api/v1/payouts/" + MERCHANT + "~payout~" + "0".repeat(32) + authorized + "\r\n",
                        "POST /api/v1/payouts" + authorized + json
                                + "{\"amount\":\"40.00\",\"currency\":\"CAD\",\"destination\":\"supplier\"}",
                        "POST /api/v1/payments/" + payment() + "/refunds" + authorized + json
                                + "{\"amount\":\"7.50\",\"currency\":\"CAD\",\"reason\":\"Damaged parcel\"}")));
    }
}
