package dev.intermezzo.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import org.junit.jupiter.api.Test;

class SimulateCommandTest {
    @Test
    void a_seed_is_run_and_its_last_line_says_what_it_reached() {
        CommandRun run = InProcess.intermezzo("simulate", "--seed", "4", "--payments", "10", "--json");

        JsonNode line = run.json();
        assertThat(run.exit()).isZero();
        assertThat(line.path("seed").asLong()).isEqualTo(4);
        assertThat(line.path("payments").asInt()).isEqualTo(10);
        assertThat(line.path("events").asLong()).isGreaterThan(10);
        assertThat(line.path("violations").asInt()).isZero();
        assertThat(line.path("faults").path("crash-before-commit").asInt()).isPositive();
        assertThat(line.path("transitions_covered").asInt())
                .isPositive()
                .isLessThanOrEqualTo(line.path("transitions_total").asInt());
    }

    @Test
    void a_kind_of_fault_can_be_switched_off() {
        CommandRun run = InProcess.intermezzo(
                "simulate", "--seed", "4", "--payments", "10", "--without", "crash-before-commit,reordered", "--json");

        assertThat(run.exit()).isZero();
        assertThat(run.json().path("faults").has("crash-before-commit")).isFalse();
        assertThat(run.json().path("faults").has("partition-moved")).isTrue();
    }

    @Test
    void a_broken_promise_is_told_with_its_seed_and_a_short_history_and_fails() {
        String[] lying = {"simulate", "--seed", "4", "--seeds", "3", "--payments", "20", "--seed-wrong"};

        CommandRun told = InProcess.intermezzo(lying);

        assertThat(told.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(told.out())
                .contains("VIOLATION with seed 4: APPROVED_MEANS_MONEY")
                .containsPattern("needs: orders \\[[0-9]+] and [0-3] fault")
                .contains("again: ./intermezzo simulate --seed 4 --payments 20 --seed-wrong")
                .containsSubsequence(
                        "accepted checkout", "was declined in", "accepted webhook Approved", "posted APPROVED");
        assertThat(InProcess.intermezzo(lying).out()).isEqualTo(told.out());
    }

    @Test
    void a_script_is_told_which_seed_broke_a_promise() {
        CommandRun run = InProcess.intermezzo(
                "simulate", "--seed", "4", "--payments", "20", "--seed-wrong", "--without", "reordered", "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().path("violations").asInt()).isPositive();
        assertThat(run.json().path("violated_seed").asLong()).isEqualTo(4);
    }

    @Test
    void a_fault_that_does_not_exist_is_named_with_those_that_do() {
        CommandRun run = InProcess.intermezzo("simulate", "--without", "gremlins");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("fault-unknown", "gremlins", "partition-moved");
    }
}
