package dev.intermezzo.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.audit.AuditCommand;
import dev.intermezzo.cli.demo.LedgerFacts;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.refunds.PaidOrders;
import dev.intermezzo.cli.refunds.RefundsCommand;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.WebhookFault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole installation: a provider reports what was not asked for, one person decides, another approves. */
@SuppressWarnings("NullAway.Init") // set before the tests
class CasesCommandTest {
    private static final BigDecimal PRICE = new BigDecimal("20.00");

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
    void two_persons_accept_other_money_and_the_case_is_gone_from_the_list() throws Exception {
        String payment = bought(1, Scenario.WRONG_AMOUNT);
        JsonNode open = onlyCase(payment);
        String caseId = open.get("case").asText();

        String act = asked(decide(payment, caseId, "accept", "anna"));
        assertThat(asked(decide(payment, caseId, "accept", "anna")))
                .as("said twice")
                .isEqualTo(act);
        JsonNode waiting = onlyCase(payment).get("waiting");
        CommandRun approved = approve(payment, act, "ben");
        CommandRun again = approve(payment, act, "ben");

        assertThat(open.get("kind").asText()).isEqualTo("under-review");
        assertThat(open.get("state").asText()).isEqualTo("under-review");
        assertThat(open.get("environment").asText()).isEqualTo("sandbox");
        assertThat(open.get("by").asText()).isEqualTo("decide");
        assertThat(open.get("asked").asText()).isEqualTo("20.00 CAD");
        assertThat(open.get("received").asText()).endsWith("CAD").isNotEqualTo("20.00 CAD");
        assertThat(waiting).singleElement().satisfies(each -> {
            assertThat(each.get("act").asText()).isEqualTo(act);
            assertThat(each.get("operator").asText()).isEqualTo("anna");
            assertThat(each.get("wish").asText()).isEqualTo("accept");
        });
        assertThat(approved.exit()).as(approved.out() + approved.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(approved.json().get("verdict").asText()).isEqualTo("review-accepted");
        assertThat(approved.json().get("state").asText()).isEqualTo("approved");
        assertThat(list("--payment", payment).json().get("cases")).isEmpty();
        assertThat(again.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(again.err()).startsWith("case-resolved-before");
        assertThat(decide(payment, caseId, "reject", "anna").err()).startsWith("case-resolved-before");
        assertThat(String.join(
                        "; ", run(new AuditCommand(), "show", payment).json().findValuesAsText("words")))
                .contains("anna and ben decided the review of case " + caseId + ": accept, \"looked at it\"");
        assertThat(run(new AuditCommand(), "verify").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void money_that_is_to_go_back_becomes_a_surplus_which_two_persons_close_by_agreement() throws Exception {
        String payment = bought(2, Scenario.WRONG_AMOUNT);
        String review = onlyCase(payment).get("case").asText();
        CommandRun closed = resolve(payment, review, "anna");

        CommandRun back = approve(payment, asked(decide(payment, review, "refund", "anna")), "ben");
        JsonNode surplus = onlyCase(payment);
        String surplusId = surplus.get("case").asText();
        CommandRun wrong = decide(payment, surplusId, "reject", "anna");
        CommandRun refund = run(new RefundsCommand(), "request", payment, "--amount", "19.99", "--operator", "anna");
        CommandRun agreed = approve(payment, asked(resolve(payment, surplusId, "ben")), "anna");

        assertThat(closed.err()).startsWith("review-needs-decision").contains("cases decide");
        assertThat(back.json().get("verdict").asText()).isEqualTo("review-refund");
        assertThat(back.json().get("state").asText()).isEqualTo("not-paid");
        assertThat(surplus.get("kind").asText()).isEqualTo("surplus-payment");
        assertThat(surplus.get("by").asText()).isEqualTo("resolve");
        assertThat(wrong.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(wrong.err()).startsWith("case-needs-no-decision").contains("cases resolve");
        assertThat(refund.exit()).as(refund.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(agreed.json().get("verdict").asText()).isEqualTo("case-resolved");
        assertThat(list("--payment", payment).json().get("open").asInt()).isZero();
    }

    @Test
    void what_cannot_be_decided_is_refused_before_anything_is_written_and_says_why() throws Exception {
        String payment = bought(3, Scenario.WRONG_AMOUNT);
        String caseId = onlyCase(payment).get("case").asText();
        String act = asked(decide(payment, caseId, "reject", "anna"));

        assertThat(decide(SandboxWorld.SHOP + "~nothing", caseId, "accept", "anna")
                        .err())
                .startsWith("payment-not-found");
        assertThat(decide(payment, payment + "#99.9", "accept", "anna").err()).startsWith("case-unknown");
        assertThat(resolve(payment, payment + "#99.9", "anna").err()).startsWith("case-unknown");
        assertThat(decide(payment, caseId, "maybe", "anna").exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(decide(payment, caseId, "accept", " ").err()).startsWith("operator-not-valid");
        assertThat(run(new CasesCommand(), "resolve", payment, "--case", caseId, "--note", " ", "--operator", "anna")
                        .err())
                .startsWith("note-not-valid");
        assertThat(approve(payment, act, "Anna").err()).startsWith("second-person-needed");
        assertThat(approve(payment, "no-such-act", "ben").err()).startsWith("act-not-found");
        assertThat(onlyCase(payment).get("waiting")).hasSize(1);

        assertThat(approve(payment, act, "ben").json().get("state").asText()).isEqualTo("not-paid");
    }

    @Test
    void the_list_holds_every_payments_cases_oldest_first_and_says_what_it_read() throws Exception {
        String older = bought(4, Scenario.SURPLUS);
        String newer = bought(5, Scenario.WRONG_AMOUNT);

        CommandRun all = list();
        CommandRun surplus = list("--kind", "surplus-payment");
        CommandRun one = list("--limit", "1");
        CommandRun people = CommandRun.of(new CasesCommand(), TestKafka.options(world.kafka()), "list");

        assertThat(all.json().get("cases").findValuesAsText("payment")).containsSubsequence(older, newer);
        assertThat(all.json().get("cases").findValuesAsText("opened_at").stream()
                        .map(Instant::parse))
                .isSorted();
        assertThat(all.json().get("unreadable").asInt()).isZero();
        assertThat(all.json().get("records_read").asInt()).isGreaterThan(1);
        assertThat(surplus.json().get("cases").findValuesAsText("kind")).containsOnly("surplus-payment");
        assertThat(one.json().get("cases")).hasSize(1);
        assertThat(one.json().get("open").asInt()).isGreaterThan(1);
        assertThat(people.out())
                .contains(
                        "payment  " + older + "  (sandbox, approved)", "close by agreement", "records of payments read")
                .contains("payment  " + newer + "  (sandbox, under-review)", "accept, refund or reject");
        assertThat(list("--kind", "nonsense").exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(list("--limit", "0").exit()).isEqualTo(ExitCodes.USAGE);
    }

    private static String bought(int number, Scenario scenario) throws InterruptedException {
        try (LedgerFacts facts = new LedgerFacts(world.kafka())) {
            facts.start();
            FaultPlan faults =
                    scenario == Scenario.WRONG_AMOUNT ? FaultPlan.of(WebhookFault.WRONG_AMOUNT) : FaultPlan.NONE;
            return PaidOrders.leavingACase(world, new PlannedPayment(number, scenario, faults, PRICE), facts);
        }
    }

    private static JsonNode onlyCase(String payment) {
        JsonNode cases = list("--payment", payment).json().get("cases");
        assertThat(cases).hasSize(1);
        return cases.get(0);
    }

    private static String asked(CommandRun run) {
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.json().get("state").asText()).isEqualTo("waits-for-second-person");
        return run.json().get("act").asText();
    }

    private static CommandRun decide(String payment, String caseId, String decision, String operator) {
        return run(
                new CasesCommand(),
                "decide",
                payment,
                "--case",
                caseId,
                "--decision",
                decision,
                "--note",
                "looked at it",
                "--operator",
                operator);
    }

    private static CommandRun resolve(String payment, String caseId, String operator) {
        return run(
                new CasesCommand(), "resolve", payment, "--case", caseId, "--note", "agreed", "--operator", operator);
    }

    private static CommandRun approve(String payment, String act, String operator) {
        return run(new CasesCommand(), "approve", payment, "--act", act, "--operator", operator);
    }

    private static CommandRun list(String... arguments) {
        return run(
                new CasesCommand(),
                Stream.concat(Stream.of("list"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private static CommandRun run(Object command, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        return CommandRun.of(command, TestKafka.options(world.kafka()), all);
    }
}
