package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PayOutLimits;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.RefundState;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.ViewedMoney;
import dev.intermezzo.schemas.avro.ViewedRefund;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pay-outs that belong to no payment, over HTTP: what is asked for, what is refused before, and what is shown. */
@ExtendWith(World.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayOutApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final String BODY =
            "{\"amount\":\"40.00\",\"currency\":\"CAD\",\"destination\":\"supplier\",\"reference\":\"invoice 7\"}";

    private final World world;
    private final List<OperatorAct> all = new CopyOnWriteArrayList<>();
    private final MerchantApiService api;
    private final TopicTail tail;
    private String merchant;
    private ApiToken key;

    @SuppressWarnings("NullAway.Init") // each test has a merchant of its own
    PayOutApiTest(World world) {
        this.world = world;
        Codec<OperatorAct> codec = Codec.of(OperatorAct.class);
        tail = new TopicTail(
                () -> KafkaClients.tail(world.kafka, "test"),
                world.kafka.topic(Topics.OPERATOR_ACTS),
                TopicTail.From.BEGINNING,
                record -> all.add(codec.decode(record.value(), WriterSchemas.compiledIn())));
        api = api(NOON);
    }

    private MerchantApiService api(Instant now) {
        return api(now, 1_000);
    }

    private MerchantApiService api(Instant now, int mostKept) {
        return new MerchantApiService(
                MerchantApiSettings.read(new SettingsReader(SettingsSource.of(Map.of(
                        "merchant-api.port", "0",
                        "merchant-api.answer-wait", "1s",
                        "merchant-api.max-kept-requests", Integer.toString(mostKept))))),
                world.kafka,
                InstantSource.fixed(now));
    }

    @BeforeAll
    void start() {
        tail.start();
        api.start();
        await().atMost(PATIENCE).until(api::ready);
    }

    @AfterAll
    void stop() {
        api.close();
        tail.close();
    }

    @BeforeEach
    void anotherMerchant() {
        merchant = "paying-shop-" + Order.uuid().substring(0, 8);
        key = ApiToken.issue(merchant, "key-1", new SecureRandom());
    }

    private List<OperatorAct> acts() {
        return all.stream().filter(act -> act.getMerchantId().equals(merchant)).toList();
    }

    @Test
    void a_pay_out_is_asked_for_once_by_the_two_persons_of_its_key() {
        given(UnaryOperator.identity());

        HttpResponse<String> asked = post("invoice-7", BODY);
        HttpResponse<String> again = post("invoice-7", BODY.replace("40.00", "40.0"));

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(asked.body());
        String address = asked.headers().firstValue("Location").orElseThrow();
        assertThat(address).matches("/api/v1/payouts/" + merchant + "~payout~[0-9a-f]{32}");
        await().atMost(PATIENCE).until(() -> !acts().isEmpty());
        assertThat(acts()).allSatisfy(act -> {
            assertThat(address).endsWith(act.getPaymentId());
            assertThat(act.getId()).isEqualTo(acts().getFirst().getId());
            assertThat(act.getOperator()).isEqualTo("anna with API key key-1");
            assertThat(act.getApprover()).isEqualTo("ben with API key key-1");
            RefundRequested wish = (RefundRequested) act.getBody();
            assertThat(wish.getProvider()).isEqualTo("PAYONE");
            assertThat(wish.getAccount()).isEqualTo(TestMerchants.ACCOUNT);
            assertThat(wish.getAmount().getAmount()).isEqualByComparingTo("40.00");
            assertThat(wish.getDestination().getName()).isEqualTo("supplier");
            assertThat(wish.getDestination().getRevision()).isEqualTo("r1");
        });
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        given(UnaryOperator.identity());
        assertThat(post("invoice-8", BODY).statusCode()).isEqualTo(202);

        assertRefused(post("invoice-8", BODY.replace("40.00", "41.00")), 422, "idempotency-key-reused");
        assertRefused(post("invoice-8", BODY.replace("invoice 7", "invoice 8")), 422, "idempotency-key-reused");
    }

    @Test
    void after_thirty_days_the_key_still_stands_for_its_pay_out_and_another_amount_is_refused() {
        given(UnaryOperator.identity());
        HttpResponse<String> asked = post("invoice-15", BODY);
        String address = asked.headers().firstValue("Location").orElseThrow();
        String id = address.substring(address.lastIndexOf('/') + 1);
        MerchantApiService later = api(NOON.plus(Duration.ofDays(31)));
        try {
            later.start();
            await().atMost(PATIENCE).until(later::ready);
            world.orchestrator.show(view(id, RefundState.PAID));

            HttpResponse<String> other = post(later, "invoice-15", BODY.replace("40.00", "41.00"));
            HttpResponse<String> elsewhere = post(later, "invoice-15", BODY.replace("supplier", "new"));
            HttpResponse<String> same = post(later, "invoice-15", BODY);

            assertRefused(other, 422, "idempotency-key-reused");
            assertThat(other.body()).contains(address);
            assertRefused(elsewhere, 422, "idempotency-key-reused");
            assertThat(same.statusCode()).isEqualTo(202);
            assertThat(same.body()).isEqualTo(asked.body());
            assertThat(get(address).body()).contains("\"amount\":\"40.00\"", "\"state\":\"paid\"");
        } finally {
            later.close();
        }
    }

    @Test
    void beyond_what_may_be_remembered_a_new_key_is_asked_to_wait_and_a_known_one_is_answered_as_before() {
        given(UnaryOperator.identity());
        HttpResponse<String> known = post("invoice-17", BODY);
        assertThat(known.statusCode()).as(known.body()).isEqualTo(202);
        MerchantApiService full = api(NOON, 1);
        try {
            full.start();
            await().atMost(PATIENCE).until(full::ready);

            HttpResponse<String> fresh = post(full, "invoice-18", BODY);
            HttpResponse<String> again = post(full, "invoice-17", BODY);

            assertRefused(fresh, 503, "too-many-kept");
            assertThat(fresh.headers().firstValue("Retry-After")).isPresent();
            assertThat(again.statusCode()).isEqualTo(202);
            assertThat(again.body()).isEqualTo(known.body());
        } finally {
            full.close();
        }
    }

    @Test
    void nothing_is_kept_before_it_is_known_whether_a_pay_out_stands_under_the_key() {
        given(UnaryOperator.identity());
        world.orchestrator.ignore(merchant);

        HttpResponse<String> answer = post("invoice-16", BODY);

        assertRefused(answer, 503, "not-available");
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(acts()).isEmpty();
    }

    @Test
    void what_becomes_of_it_is_shown_and_to_its_own_merchant_only() {
        given(UnaryOperator.identity());
        String address =
                post("invoice-9", BODY).headers().firstValue("Location").orElseThrow();
        assertThat(get(address).body())
                .contains("\"state\":\"received\"", "\"destination\":\"supplier\"", "\"payment\":\"\"");

        String id = address.substring(address.lastIndexOf('/') + 1);
        world.orchestrator.show(view(id, RefundState.PAID));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(address).body())
                        .contains(
                                "\"id\":\"" + id + '"',
                                "\"state\":\"paid\"",
                                "\"destination\":\"supplier\"",
                                "\"payment\":\"\"",
                                "\"amount\":\"40.00\"",
                                "\"provider\":\"PAYONE\""));
        assertRefused(get(address.replace(merchant, "other-shop")), 404, "pay-out-not-found");
        assertRefused(get("/api/v1/payouts/" + merchant + "~payout~" + "0".repeat(32)), 404, "pay-out-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 404, destination-unknown",
        "new, 409, destination-not-ready",
        "not-approved, 409, destination-not-ready"
    })
    void a_destination_that_is_not_there_or_not_ready_is_not_paid(String destination, int status, String code) {
        given(UnaryOperator.identity());

        assertRefused(post("invoice-10", BODY.replace("supplier", destination)), status, code);

        assertThat(post("invoice-10", BODY).statusCode())
                .as("the key is still free")
                .isEqualTo(202);
    }

    @Test
    void when_a_new_destination_may_be_paid_is_told() {
        given(UnaryOperator.identity());

        assertThat(post("invoice-11", BODY.replace("supplier", "new")).body()).contains("2026-03-11T11:00:00Z");
    }

    @Test
    void a_disabled_merchant_pays_nothing_out() {
        given(usual -> usual.setEnabled(false));

        assertRefused(post("invoice-12", BODY), 403, "merchant-disabled");
        assertThat(acts()).isEmpty();
    }

    @Test
    void without_a_limit_of_one_destination_only_refunds_are_on() {
        given(usual -> usual.setPayOuts(
                PayOutLimits.newBuilder(limits()).setPerDestination(null).build()));

        assertRefused(post("invoice-13", BODY), 409, "pay-outs-disabled");
    }

    @Test
    void more_than_one_pay_out_may_be_another_currency_and_a_key_for_refunds_are_refused() {
        given(usual -> usual.setApiKeys(List.of(apiKey("payouts:write"), otherKey())));

        assertRefused(post("invoice-14", BODY.replace("40.00", "100.01")), 409, "pay-out-above-limit");
        assertRefused(post("invoice-14", BODY.replace("CAD", "EUR")), 409, "pay-out-above-limit");
        assertRefused(post("invoice-14", BODY.replace("\"40.00\"", "40.00")), 400, "body-not-valid");
        assertRefused(post("invoice-14", BODY.replace("reference", "note")), 400, "body-not-valid");
        assertRefused(get("/api/v1/payouts/" + merchant + "~payout~" + "0".repeat(32)), 403, "scope-missing");
        assertThat(post("invoice-14", BODY.replace(",\"reference\":\"invoice 7\"", ""))
                        .statusCode())
                .isEqualTo(202);
    }

    private void given(UnaryOperator<Merchant.Builder> change) {
        Merchant.Builder usual = Merchant.newBuilder(TestMerchants.merchant(true, null, null))
                .setPayOuts(limits())
                .setDestinations(List.of(
                        destination("supplier", NOON.minus(Duration.ofDays(3)), "ben"),
                        destination("new", NOON.minus(Duration.ofHours(1)), "ben"),
                        destination("not-approved", NOON.minus(Duration.ofDays(3)), null)))
                .setApiKeys(List.of(apiKey("payouts:read", "payouts:write")));
        world.publish(TestMerchants.record(merchant, change.apply(usual).build()));
        await().atMost(PATIENCE).until(() -> get("/api/v1/payouts/none").statusCode() != 401);
    }

    private ApiKey apiKey(String... scopes) {
        return new ApiKey(
                key.keyId(), ByteBuffer.wrap(key.digest()), List.of(scopes), Instant.EPOCH, "anna", "ben", List.of());
    }

    private static ApiKey otherKey() {
        return new ApiKey(
                "key-2",
                ByteBuffer.wrap(new byte[32]),
                List.of("refunds:write"),
                Instant.EPOCH,
                "anna",
                "ben",
                List.of());
    }

    private static PayOutLimits limits() {
        return PayOutLimits.newBuilder()
                .setEnabledBy(List.of("anna", "ben"))
                .setCurrency("CAD")
                .setPerPayOut(new BigDecimal("100.0000"))
                .setPerDay(new BigDecimal("500.0000"))
                .setPerDestination(new BigDecimal("200.0000"))
                .build();
    }

    /** This stage has no key to its details, so here they are none. */
    private static Destination destination(String name, Instant addedAt, @Nullable String approver) {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        return Destination.newBuilder()
                .setName(name)
                .setRevision("r1")
                .setProvider("PAYONE")
                .setDetails(new SealedData("key", "payee", nothing))
                .setKey(new WrappedKey("key", nothing))
                .setCheck(new SealedSecret("r1", "destination-check", nothing, null))
                .setAddedAt(addedAt)
                .setAddedBy("anna")
                .setApprovedBy(approver)
                .build();
    }

    private PaymentView view(String id, RefundState state) {
        Money amount = new Money(new BigDecimal("40.0000"), "CAD");
        Money nothing = new Money(new BigDecimal("0.0000"), "CAD");
        return FakeOrchestrator.payOut(id, merchant, NOON)
                .setSequence(3)
                .setAmount(amount)
                .setMoney(new ViewedMoney(
                        nothing,
                        nothing,
                        "PAYONE",
                        TestMerchants.ACCOUNT,
                        List.of(),
                        List.of(new ViewedRefund(
                                "api-" + id.substring(id.lastIndexOf('~') + 1),
                                amount,
                                "PAYONE",
                                state,
                                "",
                                "supplier"))))
                .build();
    }

    private HttpResponse<String> post(String name, String body) {
        return post(api, name, body);
    }

    private HttpResponse<String> post(MerchantApiService at, String name, String body) {
        return new EdgeClient(at.port())
                .post(
                        "/api/v1/payouts",
                        "application/json",
                        body,
                        "Authorization",
                        "Bearer " + key.reveal(),
                        "Idempotency-Key",
                        name);
    }

    private HttpResponse<String> get(String path) {
        return new EdgeClient(api.port()).get(path, "Authorization", "Bearer " + key.reveal());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + '"');
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }
}
