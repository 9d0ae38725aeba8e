package dev.intermezzo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline in this process, over HTTP and through a real broker. */
class DemoCommandTest {
    private static final String[] KEYS = {
        "payments",
        "approved",
        "failed",
        "lost",
        "duplicated",
        "contradicted",
        "wrong",
        "expected",
        "actual",
        "under_review",
        "parked",
        "surplus",
        "payouts_executed",
        "providers",
        "vouchers_paid",
        "pay_outs",
        "free_pay_outs",
        "never_taken",
        "breaches",
        "faults",
        "redirect_ms",
        "settled_ms",
    };

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void every_buyer_gets_what_is_true_whatever_goes_wrong_and_the_ledger_proves_it() {
        String data = folder.resolve("world").toString();

        CommandRun demo = InProcess.intermezzo(
                "demo", "--payments", "25", "--rate", "10", "--warm-up", "0", "--data", data, "--json");
        CommandRun audit = InProcess.intermezzo("audit", "verify", "--data", data, "--json");

        assertThat(demo.exit()).as(demo.err()).isEqualTo(ExitCodes.HOLDS);
        JsonNode report = demo.json();
        assertThat(names(report)).contains(KEYS);
        assertThat(report.get("payments").intValue()).isEqualTo(25);
        for (String never : List.of("wrong", "lost", "duplicated", "contradicted", "double_payouts", "breaches")) {
            assertThat(report.get(never).intValue()).as(never).isZero();
        }
        assertEveryOperationWasTaken(report);
        assertThat(report.get("actual")).isEqualTo(report.get("expected"));
        assertThat(report.get("expected"))
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count.intValue()).isPositive());
        assertThat(names(report.get("faults"))).hasSizeGreaterThan(4);
        assertThat(report.get("faults"))
                .allSatisfy(count -> assertThat(count.intValue()).isPositive());
        assertThat(report.at("/redirect_ms/p50").isNumber()).isTrue();
        assertThat(report.at("/redirect_ms/p99").isNumber()).isTrue();
        assertThat(report.at("/settled_ms/p50").isNumber()).isTrue();
        assertThat(report.at("/settled_ms/p99").isNumber()).isTrue();

        assertThat(audit.exit()).as(audit.out() + audit.err()).isEqualTo(ExitCodes.HOLDS);
        JsonNode proof = audit.json();
        assertThat(proof.get("verified").booleanValue()).isTrue();
        assertThat(proof.get("intact").booleanValue()).isTrue();
        assertThat(proof.get("reproduced").booleanValue()).isTrue();
        assertThat(proof.get("broken").intValue()).isZero();
        // Two more were paid with vouchers, and six pay-outs belong to no payment.
        assertThat(proof.get("payments").intValue()).isEqualTo(25 + 2 + 6);
        assertThat(proof.get("entries").intValue()).isGreaterThan(3 * 25);
    }

    @Test
    void a_payment_that_ends_against_the_plan_is_found() {
        CommandRun demo = InProcess.intermezzo(
                "demo",
                "--payments",
                "1",
                "--rate",
                "1",
                "--warm-up",
                "0",
                "--seed-wrong",
                "--data",
                folder.resolve("world").toString(),
                "--json");

        assertThat(demo.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(demo.json().get("wrong").intValue()).isPositive();
    }

    @Test
    void a_folder_that_no_demonstration_made_is_left_alone() throws IOException {
        Path precious = Files.writeString(folder.resolve("thesis.txt"), "years of work");

        CommandRun demo = InProcess.intermezzo("demo", "--data", folder.toString());

        assertThat(demo.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(demo.err()).startsWith("data-unusable: ").contains("--data");
        assertThat(precious).hasContent("years of work");
    }

    @Test
    void a_demonstration_without_payments_is_refused() {
        CommandRun demo = InProcess.intermezzo(
                "demo", "--payments", "0", "--data", folder.resolve("world").toString());

        assertThat(demo.exit()).isNotEqualTo(ExitCodes.HOLDS);
        assertThat(demo.err()).contains("--payments");
    }

    /** Those of the catalogue that can be used. */
    private static void assertEveryOperationWasTaken(JsonNode report) {
        assertThat(names(report.get("providers")))
                .contains("PAYONE", "FORUMPAY", "TRUST", "CLEO", "GIGADAT", "WORLDPAY_EU");
        assertThat(report.get("providers"))
                .allSatisfy(provider ->
                        assertThat(provider.get("approved").intValue()).isPositive());
        assertThat(report.get("vouchers_paid").intValue()).isEqualTo(2);
        assertThat(names(report.get("pay_outs"))).containsExactly("PAYONE", "GIGADAT");
        assertThat(names(report.get("free_pay_outs"))).containsExactlyInAnyOrder("PAYONE", "GIGADAT", "FORUMPAY");
        assertThat(report.get("free_pay_outs"))
                .allSatisfy(count -> assertThat(count.intValue()).isEqualTo(2));
        int paidOut = 3 * 2;
        for (JsonNode count : report.get("pay_outs")) {
            assertThat(count.intValue()).isPositive();
            paidOut += count.intValue();
        }
        assertThat(report.get("payouts_executed").intValue()).isEqualTo(paidOut);
        assertThat(report.get("never_taken")).isEmpty();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
