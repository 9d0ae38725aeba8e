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
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.check.Checker;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole installation: a buyer pays, one person asks for the money back, another approves, the Cashier pays out, or the provider did. */
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

    @Test
    void a_refund_made_at_the_provider_is_recorded_by_two_persons_counts_once_and_pays_nothing_out() throws Exception {
        PlannedPayment planned = planned(5);
        String payment = paid(planned);

        String refund = recorded(payment, "15.00", "RF-1");
        assertThat(status(payment, refund)).isEqualTo("waits-for-second-person");
        assertThat(recorded(payment, "15.0", "RF-1")).as("said twice").isEqualTo(refund);
        CommandRun approved = approve(payment, refund, "ben");
        CommandRun again = record(payment, "15.00", "RF-1");
        CommandRun beyond = record(payment, "5.01", "RF-2");

        assertThat(approved.exit()).as(approved.out() + approved.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(approved.json().get("verdict").asText()).isEqualTo("refund-recorded");
        JsonNode listed = run(new RefundsCommand(), "list", payment).json().get("refunds");
        assertThat(listed).singleElement().satisfies(row -> {
            assertThat(row.get("status").asText()).isEqualTo("paid");
            assertThat(row.get("amount").asText()).isEqualTo("15.00");
            assertThat(row.get("note").asText()).isEqualTo("made at the provider");
        });
        assertThat(again.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(again.err()).contains("refund-repeated");
        assertThat(beyond.err()).contains("refund-exceeds-approved", "CAD 5.00");
        assertThat(payOuts(planned)).isEmpty();
        assertThat(String.join("; ", audit("show", payment).json().findValuesAsText("words")))
                .contains("anna and ben recorded a refund of 15.00 CAD made at the provider, \"damaged parcel\"");
        assertThat(audit("verify").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void recorded_refunds_and_pay_outs_share_one_limit_whichever_is_decided_first() throws Exception {
        PlannedPayment planned = planned(6);
        String payment = paid(planned);

        String one = recorded(payment, "12.00", "one");
        String other = recorded(payment, "12.00", "other");
        String paidOut = requested(payment, "12.00", "anna");

        assertThat(verdict(approve(payment, one, "ben"))).isEqualTo("refund-recorded");
        assertThat(verdict(approve(payment, other, "ben"))).isEqualTo("refund-exceeds-approved");
        assertThat(verdict(approve(payment, paidOut, "ben"))).isEqualTo("refund-exceeds-approved");
        assertThat(verdict(approve(payment, one, "ben"))).isEqualTo("refund-repeated");
        assertThat(payOuts(planned)).isEmpty();
    }

    @Test
    void what_cannot_have_been_given_back_is_not_recorded_and_each_refusal_says_why() throws Exception {
        String payment = paid(planned(7));
        String unpaid = PaidOrders.bought(world, PaidOrders.planned(8, Scenario.DECLINED, PRICE));
        String waiting = recorded(payment, "3.00", "RF-9");

        assertThat(record(SandboxWorld.SHOP + "~nothing", "1.00", "r").err()).contains("payment-not-found");
        assertThat(record(unpaid, "1.00", "r").err()).contains("payment-not-approved");
        assertThat(record(payment, "20.01", "r").err()).contains("refund-exceeds-approved");
        assertThat(record(payment, "1.00", "r", "--currency", "EUR").err()).contains("currency-differs", "CAD");
        assertThat(record(payment, "1,00", "r").err()).contains("amount-malformed");
        assertThat(record(payment, "0.00", "r").err()).contains("amount-zero");
        assertThat(record(payment, "1.00", "two words").err()).contains("reference-not-valid");
        assertThat(record(payment, "3.01", "RF-9").err()).contains("reference-used");
        assertThat(run(
                                new RefundsCommand(),
                                "record",
                                payment,
                                "--amount",
                                "1.00",
                                "--reference",
                                "r",
                                "--note",
                                " ",
                                "--operator",
                                "anna")
                        .err())
                .contains("note-not-valid");
        assertThat(approve(payment, waiting, "anna").err()).contains("second-person-needed");
    }

    @Test
    void a_payment_by_a_provider_that_gives_nothing_back_through_the_cashier_is_refunded_elsewhere_and_recorded()
            throws Exception {
        PlannedPayment planned =
                new PlannedPayment(9, Scenario.APPROVED, FaultPlan.NONE, new BigDecimal(PRICE), Psp.FORUMPAY);
        String payment = paid(planned);

        CommandRun asked = request(payment, "5.00", "anna");
        String refund = recorded(payment, "5.00", "payout-1");

        assertThat(asked.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(asked.err()).contains("refund-not-available", "FORUMPAY", "refunds record");
        assertThat(verdict(approve(payment, refund, "ben"))).isEqualTo("refund-recorded");
        assertThat(payOuts(planned)).isEmpty();
    }

    private static String recorded(String payment, String amount, String reference) {
        CommandRun run = record(payment, amount, reference);
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.HOLDS);
        return run.json().get("refund").asText();
    }

    private static CommandRun record(String payment, String amount, String reference, String... more) {
        String[] arguments = {
            "record",
            payment,
            "--amount",
            amount,
            "--reference",
            reference,
            "--note",
            "damaged parcel",
            "--operator",
            "anna"
        };
        return run(
                new RefundsCommand(),
                Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static String verdict(CommandRun approved) {
        return approved.json().get("verdict").asText();
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
