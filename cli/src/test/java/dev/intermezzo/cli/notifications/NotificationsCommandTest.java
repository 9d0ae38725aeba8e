package dev.intermezzo.cli.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.audit.AuditCommand;
import dev.intermezzo.cli.demo.LedgerFacts;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.notifier.schedule.SchedulePolicy;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.load.Demo;
import dev.intermezzo.sandbox.load.DemoSettings;
import dev.intermezzo.schemas.Ids;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole installation whose shop is dead for three buyers' messages until these are parked, and works then. */
@SuppressWarnings("NullAway.Init") // set before the tests
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationsCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Duration> DELAYS = List.of(Duration.ZERO, Duration.ofMillis(100));
    private static final int BUYERS = 3;

    @TempDir
    private static Path folder;

    private static SandboxWorld world;
    private static List<String> payments;

    @BeforeAll
    static void three_messages_are_parked() throws InterruptedException {
        world = SandboxWorld.start(
                folder, Ports.free(), SchedulePolicy.standard().withDelays(DELAYS), what -> {});
        List<PlannedPayment> planned = IntStream.rangeClosed(1, BUYERS)
                .mapToObj(number -> new PlannedPayment(
                        number,
                        Scenario.APPROVED,
                        FaultPlan.of(NotifyFault.ERROR_500, DELAYS.size()),
                        new BigDecimal("20.00")))
                .toList();
        try (LedgerFacts facts = new LedgerFacts(world.kafka())) {
            facts.start();
            DemoSettings settings =
                    DemoSettings.of(world.returnAddress(), 100).withPatience(PATIENCE, Duration.ofSeconds(1));
            new Demo(world.shop(), world.cashier(), facts, settings, InstantSource.system())
                    .run(new DemoPlan(1, planned), (begun, arrived, settled, all) -> {});
        }
        await().atMost(PATIENCE).until(() -> parked().get("count").asInt() == BUYERS);
        payments = parked().findValuesAsText("payment");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void what_is_parked_is_told_with_its_reason_the_oldest_first() {
        JsonNode all = parked();
        JsonNode first = all.get("parked").get(0);

        assertThat(first.get("outcome").asText()).isEqualTo("approved");
        assertThat(first.get("attempts").asInt()).isEqualTo(DELAYS.size());
        assertThat(first.get("http_status").asInt()).isEqualTo(500);
        assertThat(first.get("reason").asText()).isEqualTo("The shop answered HTTP 500.");
        assertThat(first.get("payment").asText())
                .isEqualTo(Ids.payment(SandboxWorld.SHOP, first.get("order").asText()));
        assertThat(all.findValuesAsText("since").stream().map(Instant::parse)).isSorted();
        assertThat(all.get("merchants").get(SandboxWorld.SHOP).asInt()).isEqualTo(BUYERS);
        assertThat(parked("--merchant", "another-shop").get("count").asInt()).isZero();
        assertThat(parked("--payment", payments.get(1)).findValuesAsText("payment"))
                .containsExactly(payments.get(1));
        assertThat(run("parked").out()).contains(payments.getFirst(), "3 in all: {demo-shop=3}");
    }

    @Test
    @Order(2)
    void a_shop_that_works_again_gets_its_message_once_and_the_story_tells_who_asked() {
        String payment = payments.getFirst();

        CommandRun retried = run("retry", payment, "--operator", "olga", "--json");
        assertThat(retried.exit()).as(retried.out() + retried.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(retried.json().get("verdict").asText()).isEqualTo("taken-up");
        await().atMost(PATIENCE).until(() -> status(payment).equals("paid"));
        await().atMost(PATIENCE).until(() -> words(payment).contains("the shop was told approved"));
        CommandRun again = run("retry", payment, "--operator", "olga", "--json");

        assertThat(again.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(again.err()).startsWith("nothing-parked:");
        assertThat(answers(payment)).containsExactly(500, 500, 200);
        assertThat(words(payment))
                .containsSubsequence(
                        "could not be told, the message is parked: approved, attempts: 2",
                        "olga had what is parked for the shop demo-shop sent again",
                        "the shop was told approved, attempts: 3");
        assertThat(story(payment).toString()).contains("try again to tell the shop approved");
        assertThat(audit("verify").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    @Order(3)
    void many_at_once_are_shown_first_and_need_a_second_person() {
        CommandRun plan = run("retry", "--all", "--operator", "olga", "--json");
        CommandRun alone = run("retry", "--all", "--yes", "--operator", "olga", "--approver", "olga", "--json");
        CommandRun later = run(
                "retry",
                "--all",
                "--yes",
                "--operator",
                "olga",
                "--approver",
                "ben",
                "--parked-since",
                "2999-01-01T00:00:00Z",
                "--json");

        assertThat(plan.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(plan.json().get("planned").asInt()).isEqualTo(2);
        assertThat(alone.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(alone.err()).startsWith("second-person-needed:");
        assertThat(later.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(later.json().get("asked").asInt()).isZero();
        assertThat(parked().get("count").asInt()).as("nothing was sent again").isEqualTo(2);

        CommandRun one = all("--limit", "1");
        assertThat(one.json().get("taken_up").asInt()).isEqualTo(1);
        assertThat(one.json().get("not_asked").asInt()).isEqualTo(1);
        CommandRun rest = all("--merchant", SandboxWorld.SHOP);

        assertThat(rest.exit()).isEqualTo(ExitCodes.HOLDS);
        for (String payment : payments) {
            await().atMost(PATIENCE).until(() -> status(payment).equals("paid"));
            assertThat(answers(payment)).containsExactly(500, 500, 200);
        }
        assertThat(parked().get("count").asInt()).isZero();
        assertThat(words(payments.getLast())).contains("olga and ben had what is parked");
    }

    @Test
    @Order(4)
    void what_cannot_be_is_said_with_a_code() {
        CommandRun unknown = run("retry", "demo-shop~no-such-order", "--operator", "olga");
        CommandRun unreachable = CommandRun.of(
                new NotificationsCommand(), new String[] {"--bootstrap-servers", "127.0.0.1:1"}, "parked", "--json");

        assertThat(unknown.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(unknown.err()).startsWith("payment-not-found:");
        assertThat(unreachable.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(unreachable.err()).startsWith("kafka-unreachable:");
        assertThat(run("retry", "--operator", "olga").exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run("retry", "one", "--all", "--operator", "olga").exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run("retry", "one", "--yes", "--operator", "olga").exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run("retry", "--all", "--limit", "0", "--operator", "olga").exit())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(run("retry", "one").exit()).as("without an operator").isEqualTo(ExitCodes.USAGE);
    }

    private static CommandRun all(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("retry", "--all", "--yes", "--operator", "olga", "--approver", "ben", "--json"));
        arguments.addAll(Arrays.asList(options));
        return run(arguments.toArray(String[]::new));
    }

    private static JsonNode parked(String... options) {
        List<String> arguments = new ArrayList<>(List.of("parked", "--json"));
        arguments.addAll(Arrays.asList(options));
        CommandRun run = run(arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.HOLDS);
        return run.json();
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(new NotificationsCommand(), TestKafka.options(world.kafka()), arguments);
    }

    private static CommandRun audit(String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        words.add("--json");
        return CommandRun.of(new AuditCommand(), TestKafka.options(world.kafka()), words.toArray(String[]::new));
    }

    private static JsonNode story(String payment) {
        return audit("show", payment).json();
    }

    private static String words(String payment) {
        return String.join("; ", story(payment).findValuesAsText("words"));
    }

    private static String order(String payment) {
        return payment.substring(payment.indexOf('~') + 1);
    }

    private static String status(String payment) {
        return world.shop().order(order(payment)).orElseThrow().status().word();
    }

    private static List<Integer> answers(String payment) {
        return world.shop().journal().stream()
                .filter(call -> call.orderUuid().equals(order(payment)))
                .map(call -> call.answered())
                .toList();
    }
}
