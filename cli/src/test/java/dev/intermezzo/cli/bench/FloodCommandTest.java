package dev.intermezzo.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FloodCommandTest {
    /** Says nothing about how quick it is: a busy machine may miss the limits, and the figures are there all the same. */
    @Test
    @Tag("full")
    @Tag("alone")
    void whoever_is_let_in_comes_to_the_provider_and_all_others_are_told_to_come_back() {
        CommandRun bench = InProcess.intermezzo("bench", "flood", "--capacity", "10", "--seconds", "4", "--json");

        JsonNode figures = bench.json();
        for (String phase : new String[] {"/calm", "/flood"}) {
            assertThat(figures.at(phase + "/other").intValue()).as(bench.err()).isZero();
            assertThat(figures.at(phase + "/not_at_provider").intValue())
                    .as(bench.err())
                    .isZero();
            assertThat(figures.at(phase + "/accepted").intValue()).isPositive();
            assertThat(figures.at(phase + "/provider_ms/p95").decimalValue())
                    .isGreaterThanOrEqualTo(figures.at(phase + "/edge_ms/p50").decimalValue())
                    .isPositive();
        }
        assertThat(figures.at("/flood/accepted").intValue()
                        + figures.at("/flood/shed").intValue())
                .isEqualTo(400);
        assertThat(figures.get("recovery_s").decimalValue()).isNotNegative();
    }

    @Test
    void a_flood_of_nothing_is_refused() {
        assertThat(InProcess.intermezzo("bench", "flood", "--capacity", "0").err())
                .startsWith("bench-options");
        assertThat(InProcess.intermezzo("bench", "flood", "--seconds", "31").err())
                .startsWith("bench-options");
    }
}
