package dev.intermezzo.cli.audit;

import dev.intermezzo.cli.output.Output;
import dev.intermezzo.orchestrator.ledger.AuditReport;
import dev.intermezzo.orchestrator.ledger.LedgerBreak;
import dev.intermezzo.orchestrator.ledger.LedgerDifference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code audit verify} says. */
final class AuditReportPage {
    private final AuditReport report;

    AuditReportPage(AuditReport report) {
        this.report = report;
    }

    /** The ledger is what was written, and this build decides all of it the same way. */
    boolean holds() {
        return report.intact() && report.fullyReproduced();
    }

    void print(Output output) {
        output.line("The ledger has %d entries of %d payments.".formatted(report.entries(), report.payments()));
        if (report.intact()) {
            output.line("Intact: yes. Nothing was changed, dropped in between, moved or repeated.");
        } else {
            output.line("Intact: NO, %d places.".formatted(report.brokenCount()));
            report.broken()
                    .forEach(found -> output.line("  %s entry %d (partition %d, offset %d): %s (%s)"
                            .formatted(
                                    Words.plain(found.payment()),
                                    found.sequence(),
                                    found.partition(),
                                    found.offset(),
                                    found.code().sentence(),
                                    found.code().text())));
            unnamed(output, report.brokenCount() - report.broken().size());
        }
        if (report.fullyReproduced()) {
            output.line("Reproduced: yes. This build decides every entry the same way.");
        } else {
            output.line("Reproduced: NO, %d of %d entries.".formatted(report.reproduced(), report.entries()));
            report.differing()
                    .forEach(found -> output.line("  %s entry %d (partition %d, offset %d): the %s comes out otherwise"
                            .formatted(
                                    Words.plain(found.payment()),
                                    found.sequence(),
                                    found.partition(),
                                    found.offset(),
                                    found.what())));
            unnamed(output, report.differingCount() - report.differing().size());
            otherVersions(output);
        }
        output.line("Anchored: no. Checkpoints come with a later release; until then entries cut off the end of a "
                + "payment, and whole payments removed, are not seen.");
    }

    private void otherVersions(Output output) {
        if (report.notFolded() > 0) {
            output.line("  %d entries were not decided anew%s"
                    .formatted(
                            report.notFolded(),
                            report.otherVersions().isEmpty()
                                    ? ": they follow a damaged or differing one."
                                    : "; decider versions "
                                            + report.otherVersions().stream()
                                                    .map(String::valueOf)
                                                    .collect(Collectors.joining(", "))
                                            + " take the release that wrote them."));
        }
    }

    private static void unnamed(Output output, long count) {
        if (count > 0) {
            output.line("  and " + count + " more.");
        }
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verified", holds());
        fields.put("entries", report.entries());
        fields.put("broken", report.brokenCount());
        fields.put("anchored", false);
        fields.put("payments", report.payments());
        fields.put("intact", report.intact());
        fields.put("reproduced", report.fullyReproduced());
        fields.put("entries_reproduced", report.reproduced());
        fields.put("entries_not_decided_anew", report.notFolded());
        fields.put("differing", report.differingCount());
        fields.put("other_decider_versions", List.copyOf(report.otherVersions()));
        fields.put("breaks", report.broken().stream().map(AuditReportPage::row).toList());
        fields.put(
                "differences",
                report.differing().stream().map(AuditReportPage::row).toList());
        return fields;
    }

    private static Map<String, Object> row(LedgerBreak found) {
        Map<String, Object> row = place(found.payment(), found.sequence(), found.partition(), found.offset());
        row.put("code", found.code().text());
        row.put("sentence", found.code().sentence());
        return row;
    }

    private static Map<String, Object> row(LedgerDifference found) {
        Map<String, Object> row = place(found.payment(), found.sequence(), found.partition(), found.offset());
        row.put("what", found.what());
        return row;
    }

    private static Map<String, Object> place(String payment, long sequence, int partition, long offset) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("payment", payment);
        row.put("sequence", sequence);
        row.put("partition", partition);
        row.put("offset", offset);
        return row;
    }
}
