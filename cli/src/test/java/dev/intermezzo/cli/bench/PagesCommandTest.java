package dev.intermezzo.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PagesCommandTest {
    /** Says nothing about how quick it is: a busy machine may miss the limit, and the figures are there all the same. */
    @Test
    @Tag("full")
    @Tag("alone")
    void every_checkout_leads_to_its_page_and_its_times_and_first_paints_are_measured_beside_their_floors() {
        CommandRun bench = InProcess.intermezzo(
                "bench", "pages", "--rate", "5", "--warm-up", "1", "--seconds", "4", "--browser", "--json");

        JsonNode figures = bench.json();
        assertThat(figures.get("failed").intValue()).as(bench.err()).isZero();
        assertThat(figures.get("pages").intValue()).isEqualTo(20);
        assertThat(figures.at("/complete_ms/p50").decimalValue())
                .isGreaterThanOrEqualTo(figures.at("/first_byte_ms/p50").decimalValue());
        assertThat(figures.at("/floor_ms/p50").decimalValue()).isPositive();
        assertThat(figures.get("paints").intValue()).isPositive();
        assertThat(figures.at("/floor_paint_ms/p50").decimalValue()).isPositive();
        assertThat(figures.at("/first_paint_ms/p95").decimalValue())
                .isGreaterThanOrEqualTo(figures.at("/first_paint_ms/p50").decimalValue())
                .isPositive();
        assertThat(figures.get("bytes").intValue()).isBetween(1_000, PagesCommand.MOST_BYTES);
    }

    @Test
    void a_browser_that_is_not_there_is_told_before_anything_starts() {
        assertThat(InProcess.intermezzo("bench", "pages", "--browser=/nowhere/chromium")
                        .err())
                .startsWith("bench-options")
                .contains("/nowhere/chromium");
    }

    @Test
    void a_bench_without_checkouts_is_refused() {
        assertThat(InProcess.intermezzo("bench", "pages", "--rate", "0").err()).startsWith("bench-options");
    }
}
