package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.audit.AuditCommand;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.refunds.MerchantSystem;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.check.Checker;
import dev.intermezzo.sandbox.faults.CallFault;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pay-outs that belong to no payment, through a whole installation: asked for over HTTP, paid by the simulated Cashier. */
@Tag("full")
@SuppressWarnings("NullAway.Init") // set before the tests
class PayOutEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static SandboxWorld world;
    private static MerchantApiService one;
    private static MerchantApiService two;
    private static MerchantSystem shop;

    @BeforeAll
    static void start() {
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
        shop = MerchantSystem.issued(world.kafka(), SandboxWorld.SHOP, "payouts:read,payouts:write");
        destination("supplier", "PAYONE", Map.of());
        destination("transfer", "GIGADAT", Map.of("ipAddress", "192.0.2.7"));
        destination(
                "wallet",
                "FORUMPAY",
                Map.of("cryptoCurrency", "BTC", "walletAddress", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"));
        destination("lost", "PAYONE", Map.of());
        destination("capped", "PAYONE", Map.of());
        one = MerchantSystem.api(world.kafka(), 1_000);
        two = MerchantSystem.api(world.kafka(), 1_000);
        await().atMost(PATIENCE)
                .until(() -> post(one, "probe", "1.00", "supplier").statusCode() == 202);
    }

    @AfterAll
    static void stop() {
        Stream.of(one, two).forEach(MerchantApiService::close);
        world.close();
    }

    @Test
    void a_pay_out_is_paid_once_by_each_provider_and_its_repeat_is_answered_alike() {
        for (String destination : List.of("supplier", "transfer", "wallet")) {
            HttpResponse<String> asked = post(one, "pay-" + destination, "7.50", destination);
            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(payOut(asked).get("state").asText()).isEqualTo("paid"));

            HttpResponse<String> again = post(two, "pay-" + destination, "7.5", destination);

            assertThat(again.body()).isEqualTo(asked.body());
            assertThat(paidTo(destination))
                    .filteredOn(paid -> paid.amount().compareTo(new BigDecimal("7.50")) == 0)
                    .hasSize(1);
        }
        assertThat(Checker.doublePayOuts(world.cashier().payOuts())).isZero();
        assertThat(run(new AuditCommand(), "verify", "--json").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void a_lost_answer_is_unknown_and_never_asked_for_again() {
        world.cashier().expectPayOut(email("lost"), CallFault.LOST_ANSWER, TransactionStatus.PENDING);

        HttpResponse<String> asked = post(one, "lost", "3.00", "lost");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(payOut(asked).get("state").asText()).isEqualTo("unknown"));
        HttpResponse<String> again = post(two, "lost", "3.00", "lost");

        assertThat(again.body()).isEqualTo(asked.body());
        assertThat(paidTo("lost")).hasSize(1);
        String id = payOut(asked).get("id").asText();
        CommandRun story = run(new AuditCommand(), "show", id, "--json");
        assertThat(story.out()).contains("pay-out of 3.00 CAD to lost", "with API key key-");
    }

    @Test
    void pay_outs_that_race_for_one_destination_stay_within_its_limit() {
        List<HttpResponse<String>> asked = IntStream.range(0, 4)
                .mapToObj(n -> post(n % 2 == 0 ? one : two, "race-" + n, "400.00", "capped"))
                .toList();

        await().atMost(PATIENCE)
                .until(() -> asked.stream()
                        .allMatch(each -> List.of("paid", "refused")
                                .contains(payOut(each).get("state").asText())));
        assertThat(paidTo("capped")).hasSizeBetween(0, 2);
        assertThat(asked.stream().map(PayOutEndToEndTest::payOut))
                .filteredOn(each -> each.get("state").asText().equals("refused"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(each -> assertThat(each.get("code").asText()).isEqualTo("pay-out-destination-limit"));
    }

    // What the tests are written in

    private static String email(String destination) {
        return destination + "@payee.example";
    }

    private static List<TransactionSnapshot> paidTo(String destination) {
        return world.cashier().payOuts().stream()
                .filter(payOut -> payOut.email().equals(email(destination)))
                .toList();
    }

    /** As two persons did it two days ago. */
    private static void destination(String name, String provider, Map<String, String> more) {
        Map<String, String> details = new HashMap<>(Map.of(
                "email", email(name),
                "firstName", "Mia",
                "lastName", "Example",
                "phone", "14165550111",
                "countryCode", "CA"));
        details.putAll(more);
        Payee payee = ((Payee.Reading.Read) Payee.of(details)).payee();
        SealingKeys keys =
                SealingKeys.load(folder.resolve("keys"), EnumSet.of(Keyset.MERCHANT_SECRETS, Keyset.EXECUTOR_PUBLIC));
        Instant then = Instant.now().minus(Duration.ofDays(2));
        try (KafkaConnection connection = KafkaConnection.open(world.kafka(), () -> {})) {
            NamedDestinations destinations =
                    new NamedDestinations(connection, keys, new SecureRandom(), InstantSource.fixed(then));
            destinations.add(SandboxWorld.SHOP, name, provider, payee, "anna");
            destinations.approve(SandboxWorld.SHOP, name, payee, "ben");
        }
    }

    private static HttpResponse<String> post(MerchantApiService api, String name, String amount, String destination) {
        return MerchantSystem.send(shop.post(
                api,
                "/api/v1/payouts",
                name,
                "{\"amount\":\"%s\",\"currency\":\"CAD\",\"destination\":\"%s\"}".formatted(amount, destination)));
    }

    private static JsonNode payOut(HttpResponse<String> asked) {
        return shop.payOut(one, asked);
    }

    private static CommandRun run(Object command, String... arguments) {
        return CommandRun.of(command, TestKafka.options(world.kafka()), arguments);
    }
}
