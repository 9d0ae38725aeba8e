package dev.intermezzo.cli.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.audit.AuditCommand;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.check.Checker;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.CallFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole installation: a buyer pays, one person asks for the money back, another approves, the Cashier pays out. */
@SuppressWarnings("NullAway.Init") // set before the tests
class RefundsCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PRICE = "20.00";

    @TempDir
    private static Path folder;

    private static SandboxWorld world;

    @BeforeAll
    static void start() {
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void two_persons_pay_a_buyer_back_once_and_the_ledger_tells_it() throws Exception {
        PlannedPayment planned = planned(1);
        String payment = paid(planned);

        String refund = requested(payment, "7.50", "anna");
        assertThat(status(payment, refund)).isEqualTo("waits-for-second-person");
        assertThat(payOuts(planned)).isEmpty();

        CommandRun approved = approve(payment, refund, "ben");
        assertThat(approved.exit()).as(approved.out() + approved.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(approved.json().get("verdict").asText()).isEqualTo("refund-requested");
        await().atMost(PATIENCE).until(() -> status(payment, refund).equals("paid"));
        CommandRun again = approve(payment, refund, "ben");

        assertThat(again.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(again.json().get("verdict").asText()).isEqualTo("refund-repeated");
        assertThat(payOuts(planned)).singleElement().satisfies(payOut -> {
            assertThat(payOut.amount()).isEqualByComparingTo("7.50");
            assertThat(payOut.status()).isEqualTo(TransactionStatus.APPROVED);
        });
        assertThat(Checker.doublePayOuts(world.cashier().payOuts())).isZero();
        JsonNode story = audit("show", payment).json();
        assertThat(story.findValuesAsText("code"))
                .contains("second-person-needed", "refund-repeated")
                .doesNotContain("execution-started-again");
        assertThat(String.join("; ", story.findValuesAsText("words")))
                .contains("asked for a refund of 7.50 CAD", "was claimed and may have been executed");
        assertThat(audit("verify").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void whoever_asks_cannot_approve_and_more_than_was_paid_never_goes_back() throws Exception {
        PlannedPayment planned = planned(2);
        String payment = paid(planned);

        String refund = requested(payment, "20.01", "anna");
        CommandRun alone = approve(payment, refund, "anna");
        CommandRun tooMuch = approve(payment, refund, "ben");
        CommandRun aboveLimit = request(payment, "500.01", "anna");
        CommandRun unknown = approve(payment, "no-such-refund", "ben");

        assertThat(alone.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(alone.err()).contains("second-person-needed");
        assertThat(tooMuch.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(tooMuch.json().get("verdict").asText()).isEqualTo("refund-exceeds-approved");
        assertThat(aboveLimit.err()).contains("pay-out-above-limit");
        assertThat(unknown.err()).contains("refund-not-found");
        assertThat(payOuts(planned)).isEmpty();
    }

    @Test
    void a_lost_answer_ends_unknown_counts_as_spent_and_is_never_called_again() throws Exception {
        PlannedPayment planned = planned(3);
        String payment = paid(planned);
        world.cashier().expectPayOut(planned.email(), CallFault.LOST_ANSWER, TransactionStatus.PENDING);

        String lost = requested(payment, PRICE, "anna");
        approve(payment, lost, "ben");
        await().atMost(PATIENCE).until(() -> status(payment, lost).equals("unknown"));
        String more = requested(payment, "0.01", "anna");

        assertThat(approve(payment, more, "ben").json().get("verdict").asText()).isEqualTo("refund-exceeds-approved");
        assertThat(payOuts(planned)).hasSize(1);
        assertThat(audit("show", payment).json().get("open_cases")).hasSize(1);
    }

    @Test
    void what_the_cashier_declines_is_told_by_its_webhook_and_may_be_asked_for_again() throws Exception {
        PlannedPayment planned = planned(4);
        String payment = paid(planned);
        world.cashier().expectPayOut(planned.email(), CallFault.NONE, TransactionStatus.DECLINED);

        String declined = requested(payment, PRICE, "anna");
        approve(payment, declined, "ben");
        await().atMost(PATIENCE).until(() -> status(payment, declined).equals("refused"));
        world.cashier().expectPayOut(planned.email(), CallFault.NONE, TransactionStatus.APPROVED);
        String second = requested(payment, PRICE, "anna");
        approve(payment, second, "ben");

        await().atMost(PATIENCE).until(() -> status(payment, second).equals("paid"));
        assertThat(payOuts(planned)).hasSize(2);
        assertThat(Checker.doublePayOuts(world.cashier().payOuts())).isZero();
    }

    private static PlannedPayment planned(int number) {
        return PaidOrders.planned(number, Scenario.APPROVED, PRICE);
    }

    private static String paid(PlannedPayment planned) throws InterruptedException {
        return PaidOrders.bought(world, planned);
    }

    private static String requested(String payment, String amount, String operator) {
        CommandRun run = request(payment, amount, operator);
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.HOLDS);
        return run.json().get("refund").asText();
    }

    private static CommandRun request(String payment, String amount, String operator) {
        return run(new RefundsCommand(), "request", payment, "--amount", amount, "--operator", operator);
    }

    private static CommandRun approve(String payment, String refund, String operator) {
        return run(new RefundsCommand(), "approve", payment, refund, "--operator", operator);
    }

    private static String status(String payment, String refund) {
        for (JsonNode row : run(new RefundsCommand(), "list", payment).json().get("refunds")) {
            if (row.get("refund").asText().equals(refund)) {
                return row.get("status").asText();
            }
        }
        return "none";
    }

    private static List<TransactionSnapshot> payOuts(PlannedPayment planned) {
        return world.cashier().payOuts().stream()
                .filter(payOut -> payOut.email().equals(planned.email()))
                .toList();
    }

    private static CommandRun audit(String... arguments) {
        return run(new AuditCommand(), arguments);
    }

    private static CommandRun run(Object command, String... arguments) {
        return CommandRun.of(command, TestKafka.options(world.kafka()), withJson(arguments));
    }

    private static String[] withJson(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        return all;
    }
}
