package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Merchant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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

/** API keys that are bound to networks, asked with from this machine: without a proxy, behind one, and past one. */
@ExtendWith(World.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyNetworksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MERCHANT = "bound-shop";
    private static final String HERE = "127.0.0.0/8";
    private static final String OFFICE = "192.0.2.0/24";
    private static final String TOLD = "X-Forwarded-For";

    private final World world;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MerchantApiService open;
    private final MerchantApiService behindProxy;
    private final MerchantApiService pastProxy;
    private final ApiToken anywhere = token("anywhere");
    private final ApiToken here = token("here");
    private final ApiToken office = token("office");
    private final ApiToken unreadable = token("unreadable");

    KeyNetworksTest(World world) {
        this.world = world;
        this.open = api(Map.of("merchant-api.requests-per-second", "1"));
        this.behindProxy = api(Map.of("merchant-api.address-header", TOLD, "merchant-api.trusted-proxies", HERE));
        this.pastProxy =
                api(Map.of("merchant-api.address-header", TOLD, "merchant-api.trusted-proxies", "198.51.100.0/24"));
    }

    @BeforeAll
    void start() {
        Merchant merchant = Merchant.newBuilder(TestMerchants.merchant(true, null, null))
                .setApiKeys(List.of(
                        key(anywhere),
                        key(here, HERE),
                        key(office, OFFICE, "2001:db8:7::/48"),
                        key(unreadable, "written by a build to come")))
                .build();
        world.publish(TestMerchants.record(MERCHANT, merchant));
        open.measure(meters);
        Stream.of(open, behindProxy, pastProxy).forEach(MerchantApiService::start);
        await().atMost(PATIENCE)
                .until(() -> Stream.of(open, behindProxy, pastProxy).allMatch(MerchantApiService::ready));
    }

    @AfterAll
    void stop() {
        Stream.of(open, behindProxy, pastProxy).forEach(MerchantApiService::close);
    }

    @Test
    void a_key_is_good_in_its_networks_and_one_without_networks_everywhere() {
        assertServed(get(behindProxy, here, TOLD, "127.0.0.7"));
        assertServed(get(behindProxy, office, TOLD, "192.0.2.7"));
        assertServed(get(behindProxy, office, TOLD, "2001:db8:7::1"));
        assertServed(get(behindProxy, anywhere, TOLD, "203.0.113.9"));
        assertServed(get(behindProxy, anywhere));
    }

    @Test
    void elsewhere_it_is_refused_counted_and_costs_its_holder_nothing() {
        int before = usedElsewhere();

        for (int i = 0; i < 5; i++) {
            assertElsewhere(get(open, office));
        }

        assertThat(usedElsewhere() - before).isEqualTo(5);
        assertServed(get(open, here));
        assertServed(get(open, here));
    }

    @Test
    void the_log_names_the_key_and_the_site_and_neither_the_secret_nor_the_address() {
        List<List<String>> warnings = Warnings.during(
                "dev.intermezzo.ingress.api", () -> assertElsewhere(get(behindProxy, office, TOLD, "203.0.113.9")));

        assertThat(warnings)
                .containsExactly(List.of("merchant=bound-shop", "key=bound-shop.office", "network=203.0.113.0/24"));
    }

    @Test
    void who_does_not_have_the_key_is_not_told_that_it_is_bound() {
        ApiToken guessed = ApiToken.issue(MERCHANT, office.keyId(), new SecureRandom());
        int before = usedElsewhere();

        HttpResponse<String> answer = get(open, guessed);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("api-key-not-valid").doesNotContain("network");
        assertThat(usedElsewhere()).isEqualTo(before);
    }

    @Test
    void without_a_proxy_the_header_that_a_client_made_up_counts_for_nothing() {
        assertElsewhere(get(open, office, TOLD, "192.0.2.7"));
    }

    @Test
    void a_header_from_an_address_that_is_no_proxy_counts_for_nothing() {
        assertElsewhere(get(pastProxy, office, TOLD, "192.0.2.7"));
        assertServed(get(pastProxy, here, TOLD, "192.0.2.7"));
    }

    @Test
    void behind_a_proxy_only_its_own_entry_counts_in_whichever_line_it_stands() {
        assertElsewhere(get(behindProxy, office, TOLD, "192.0.2.7, 203.0.113.9"));
        assertElsewhere(get(behindProxy, office, TOLD, "192.0.2.7", TOLD, "203.0.113.9"));
        assertServed(get(behindProxy, office, TOLD, "203.0.113.9, 192.0.2.7"));
        assertServed(get(behindProxy, office, TOLD, "203.0.113.9", TOLD, "192.0.2.7"));
    }

    @ParameterizedTest
    @CsvSource({"::ffff:192.0.2.7", "::ffff:c000:0207", "[::ffff:192.0.2.7]"})
    void an_ipv4_address_inside_an_ipv6_one_is_the_ipv4_address(String told) {
        assertServed(get(behindProxy, office, TOLD, told));
    }

    @ParameterizedTest
    @CsvSource({"192.0.3.7", "2001:db8:8::1", "unknown", "office.example.com", "192.0.2.7:443", "127.0.0.1", "' '"})
    void what_is_in_no_network_or_cannot_be_read_is_elsewhere(String told) {
        assertElsewhere(get(behindProxy, office, TOLD, told));
    }

    @Test
    void a_proxy_that_names_nobody_opens_no_bound_key() {
        assertElsewhere(get(behindProxy, here));
    }

    @Test
    void a_network_that_this_build_cannot_read_holds_nobody() {
        assertElsewhere(get(behindProxy, unreadable, TOLD, "192.0.2.7"));
    }

    private static ApiToken token(String id) {
        return ApiToken.issue(MERCHANT, id, new SecureRandom());
    }

    private static ApiKey key(ApiToken token, String... networks) {
        return new ApiKey(
                token.keyId(),
                ByteBuffer.wrap(token.digest()),
                List.of("payouts:read"),
                Instant.EPOCH,
                "anna",
                null,
                List.of(networks));
    }

    private MerchantApiService api(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("merchant-api.port", "0"));
        all.putAll(settings);
        SettingsReader reader = new SettingsReader(SettingsSource.of(all));
        MerchantApiService api =
                new MerchantApiService(MerchantApiSettings.read(reader), world.kafka, InstantSource.system());
        reader.throwIfAny();
        return api;
    }

    private int usedElsewhere() {
        return (int)
                meters.get("intermezzo.api.used.elsewhere").functionCounter().count();
    }

    private static HttpResponse<String> get(MerchantApiService api, ApiToken token, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + token.reveal()));
        all.addAll(List.of(headers));
        return new EdgeClient(api.port()).get("/api/v1/payouts/none", all.toArray(String[]::new));
    }

    /** There is no such pay-out, which is more than a stranger is told. */
    private static void assertServed(HttpResponse<String> answer) {
        assertThat(answer.body()).contains("\"code\":\"pay-out-not-found\"");
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    private static void assertElsewhere(HttpResponse<String> answer) {
        assertThat(answer.body()).contains("\"code\":\"network-not-allowed\"").doesNotContain("192.0.2", "127.0.0");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }
}
