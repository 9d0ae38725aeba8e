package dev.intermezzo.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.auditor.Rule;
import dev.intermezzo.orchestrator.auditor.StuckRule;
import dev.intermezzo.orchestrator.ledger.LedgerBreak;
import dev.intermezzo.orchestrator.payment.Reason;
import dev.intermezzo.orchestrator.payment.RouteReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/codes.md tells the codes that the code has: no more, no fewer, and with its words. */
class CodesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "codes.md");

    @Test
    void every_reason_stands_there_with_its_sentence_and_nothing_else_does() throws IOException {
        assertThat(rows("## Verdicts in the ledger"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> "| `%s` | %s | %s |"
                                .formatted(reason.code(), reason.alert() ? "yes" : "", reason.sentence()))
                        .toList());
    }

    @Test
    void every_reason_of_a_choice_among_routes_stands_there_with_its_sentence_and_nothing_else_does()
            throws IOException {
        assertThat(rows("## Choices among routes"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RouteReason.values())
                        .map(reason -> "| `%s` | %s |".formatted(reason.code(), reason.sentence()))
                        .toList());
    }

    @Test
    void every_finding_of_an_audit_stands_there_and_nothing_else_does() throws IOException {
        assertThat(rows("## Findings of `audit verify`"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(LedgerBreak.Code.values())
                        .map(code -> "| `%s` | %s |".formatted(code.text(), code.sentence()))
                        .toList());
    }

    @Test
    void every_rule_of_the_auditor_stands_there_and_nothing_else_does() throws IOException {
        assertThat(rows("## Rules of the auditor"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Rule.values())
                        .map(rule -> "| `%s` | %s |".formatted(rule.code(), rule.sentence()))
                        .toList());
    }

    @Test
    void every_wait_that_is_too_long_stands_there_and_nothing_else_does() throws IOException {
        assertThat(rows("## Payments that wait too long"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(StuckRule.values())
                        .map(rule -> "| `%s` | %s | %s |".formatted(rule.code(), after(rule.limit()), rule.sentence()))
                        .toList());
    }

    private static String after(Duration limit) {
        if (limit.isZero()) {
            return "at once";
        }
        return limit.toDays() > 0 ? limit.toDays() + " d" : limit.toMinutes() + " min";
    }

    /** Rows of the tables of a chapter that begin with a code. */
    private static List<String> rows(String chapter) throws IOException {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.dropWhile(line -> !line.equals(chapter))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.replaceAll("\\| +\\|", "|  |"))
                    .toList();
        }
    }
}
