package dev.intermezzo.cli.demo;

import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.check.PayOutVerdict;
import dev.intermezzo.sandbox.check.Percentiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as a table for people. */
final class Summary {
    private static final int MOST_PROBLEMS = 20;

    private Summary() {}

    static List<String> of(DemoRun.Judged judged) {
        DemoReport report = judged.report();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(row("payments", report.payments()));
        lines.add(row("  approved at the shop", report.approved()));
        lines.add(row("  failed at the shop", report.failed()));
        lines.add(row("  under review", report.underReview()));
        lines.add(row("  with a surplus payment", report.surplus()));
        judged.publicPaid().ifPresent(paid -> lines.add(row("  paid through the listing", paid)));
        judged.vouchers().ifPresent(vouchers -> lines.add(row("paid with vouchers besides", vouchers.paid())));
        lines.add(row("wrong", report.wrong()));
        lines.add(row("  lost", report.lost()));
        lines.add(row("  duplicated", report.duplicated()));
        lines.add(row("  contradicted", report.contradicted()));
        lines.add(row("notifications parked", report.parked()));
        lines.add(row(
                "pay-outs executed",
                report.payoutsExecuted()
                        + judged.refunds()
                                .map(refunds -> refunds.verdict().executed())
                                .orElse(0)
                        + judged.payOuts().map(PayOutVerdict::executed).orElse(0)));
        judged.payOuts().ifPresent(payOuts -> lines.add(row("  that belong to no payment", payOuts.executed())));
        lines.add("pages opened / paid: "
                + report.providers().entrySet().stream()
                        .map(entry -> "%s %d / %d"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().opened(),
                                        entry.getValue().approved()))
                        .collect(Collectors.joining(", ")));
        judged.auditors().ifPresent(word -> lines.add(row("rules of money broken", word.breaches())));
        lines.add("%-28s p50 %s ms   p99 %s ms"
                .formatted("checkout to redirect", p50(report.redirect()), p99(report.redirect())));
        lines.add("%-28s p50 %s ms   p99 %s ms"
                .formatted("webhook to notification", p50(report.settled()), p99(report.settled())));
        lines.add("faults met: "
                + report.faults().entrySet().stream().map(Summary::counted).collect(Collectors.joining(", ")));
        report.missing().forEach(missing -> lines.add("NEVER HAPPENED: " + missing));
        judged.neverTaken().forEach(operation -> lines.add("NEVER TAKEN: " + operation));
        if (judged.publicPaid().orElse(1) == 0) {
            lines.add("NEVER HAPPENED: an order paid through the public listing");
        }
        report.problems().stream().limit(MOST_PROBLEMS).forEach(problem -> lines.add("WRONG: " + problem));
        judged.vouchers().ifPresent(vouchers -> vouchers.problems().forEach(problem -> lines.add("WRONG: " + problem)));
        judged.refunds()
                .ifPresent(refunds -> refunds.verdict().problems().forEach(problem -> lines.add("WRONG: " + problem)));
        judged.payOuts().ifPresent(payOuts -> payOuts.problems().forEach(problem -> lines.add("WRONG: " + problem)));
        judged.auditors().ifPresent(word -> word.problems().forEach(problem -> lines.add("WRONG: " + problem)));
        lines.add("");
        lines.add(judged.ok() ? "Every payment ended as it should." : "NOT every payment ended as it should.");
        return lines;
    }

    private static String row(String name, int count) {
        return "%-28s %6d".formatted(name, count);
    }

    private static String counted(Map.Entry<String, Integer> fault) {
        return fault.getKey() + " " + fault.getValue();
    }

    private static String p50(Percentiles times) {
        return millis(times.p50());
    }

    private static String p99(Percentiles times) {
        return millis(times.p99());
    }

    private static String millis(@Nullable Duration time) {
        return time == null ? "-" : Long.toString(time.toMillis());
    }
}
