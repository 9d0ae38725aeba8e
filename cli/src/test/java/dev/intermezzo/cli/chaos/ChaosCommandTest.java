package dev.intermezzo.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.fleet.Kind;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    @Tag("full")
    @Tag("alone")
    void nothing_is_lost_and_nothing_happens_twice_while_every_kind_of_process_is_killed_held_and_restarted() {
        Path data = folder.resolve("fleet");

        CommandRun chaos = InProcess.intermezzo(
                "chaos", "--minutes", "4", "--seed", "7", "--rate", "4", "--data", data.toString(), "--json");

        assertThat(chaos.exit()).as(chaos.err()).isEqualTo(ExitCodes.HOLDS);
        JsonNode report = chaos.json();
        assertThat(report.get("payments").intValue())
                .as("as many of the 960 as this machine serves")
                .isBetween(200, 960);
        for (String never : List.of("lost", "duplicated", "contradicted", "wrong", "double_payouts", "breaches")) {
            assertThat(report.get(never).intValue()).as(never).isZero();
        }
        for (Kind kind : Kind.values()) {
            assertThat(report.at("/kills/" + kind.id()).intValue())
                    .as("kills of %s", kind)
                    .isPositive();
            assertThat(report.at("/holds/" + kind.id()).intValue())
                    .as("holds of %s", kind)
                    .isPositive();
            assertThat(report.at("/restarts/" + kind.id()).intValue())
                    .as("restarts of %s", kind)
                    .isPositive();
            assertThat(report.at("/peak_mib/" + kind.id()).intValue())
                    .as("memory of %s", kind)
                    .isBetween(20, 900);
        }
        assertThat(report.get("payments_per_s").decimalValue()).isPositive();
        assertThat(report.get("turned_away").isInt()).isTrue();
        assertThat(report.get("once_executed").intValue()).isGreaterThan(20);
        assertThat(report.at("/once_struck_inside/kill").intValue()).isPositive();
        assertThat(report.at("/recovery_s/p50").isNumber()).isTrue();
        assertThat(report.at("/recovery_s/max").isNumber()).isTrue();
    }

    @Test
    @Tag("full")
    @Tag("alone")
    void a_buyer_who_acts_against_the_plan_is_found_and_the_story_is_kept() {
        Path data = folder.resolve("fleet");

        CommandRun chaos = InProcess.intermezzo(
                "chaos", "--minutes", "1", "--rate", "1", "--seed-wrong", "--data", data.toString(), "--json");

        assertThat(chaos.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(chaos.json().get("contradicted").intValue()
                        + chaos.json().get("wrong").intValue())
                .isPositive();
        assertThat(data).isDirectoryContaining("glob:**/story-*.txt");
    }

    @Test
    void a_folder_that_holds_something_is_left_alone() throws Exception {
        Path precious = Files.writeString(folder.resolve("thesis.txt"), "years of work");

        CommandRun chaos = InProcess.intermezzo("chaos", "--data", folder.toString());

        assertThat(chaos.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(chaos.err()).contains("data-unusable", "not empty");
        assertThat(precious).hasContent("years of work");
    }

    @Test
    void a_run_without_time_or_buyers_is_refused() {
        assertThat(InProcess.intermezzo("chaos", "--minutes", "0").err()).startsWith("chaos-options");
        assertThat(InProcess.intermezzo("chaos", "--rate", "0").err()).startsWith("chaos-options");
    }
}
