package dev.intermezzo.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FailoverCommandTest {
    /** Says nothing about how quick it is: a busy machine may miss the limits, and the figures are there all the same. */
    @Test
    @Tag("full")
    @Tag("alone")
    void every_loss_of_an_orchestrator_or_a_broker_ends_and_is_measured() {
        CommandRun bench = InProcess.intermezzo("bench", "failover", "--kills", "2", "--rate", "100", "--json");

        JsonNode figures = bench.json();
        assertThat(figures.get("kills").intValue()).as(bench.err()).isEqualTo(2);
        assertThat(figures.at("/recovery_s/p50").decimalValue()).isPositive();
        assertThat(figures.at("/recovery_s/p95").decimalValue()).isPositive();
        assertThat(figures.get("broker_loss_s")).hasSize(3);
        assertThat(figures.get("events").intValue()).isPositive();
    }

    @Test
    void a_bench_without_kills_is_refused() {
        assertThat(InProcess.intermezzo("bench", "failover", "--kills", "0").err())
                .startsWith("bench-options");
    }
}
