package dev.intermezzo.cli.chaos;

import dev.intermezzo.cli.demo.AuditorsWord;
import dev.intermezzo.cli.fleet.Kind;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.check.RefundVerdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a chaos run found.
 *
 * @param length of the time in which buyers came
 * @param payments the judgement on every payment
 * @param refunds the judgement on every refund
 * @param repeatedPosts messages told again to a shop that had answered
 * @param struck every blow
 * @param recoveries of the kills that could be measured, by kind of the victim
 * @param notBack a sentence for each process that did not become ready again when all was over, or not end when asked to
 * @param peaks the most memory that a process of each kind has held since its last start, in MiB; empty where nobody tells
 * @param auditors what the auditors say, which were killed and held like all others
 */
record ChaosReport(
        Duration length,
        DemoReport payments,
        RefundVerdict refunds,
        int repeatedPosts,
        List<Strikes.Struck> struck,
        Map<Kind, List<Duration>> recoveries,
        List<String> notBack,
        Map<Kind, Long> peaks,
        AuditorsWord auditors) {
    private static final List<String> BLOWS = List.of("kill", "hold", "restart");

    /** Calls that move money, for each ten minutes of a run that lasts as long: fewer would prove too little. */
    private static final int ONCE_PER_TEN_MINUTES = 100;

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** No stage needs more, however long it runs. */
    private static final long MOST_MIB = 900;

    ChaosReport {
        struck = List.copyOf(struck);
        recoveries = Map.copyOf(recoveries);
        notBack = List.copyOf(notBack);
        peaks = Map.copyOf(peaks);
    }

    /** Nothing wrong, and every blow, outcome and fault that was promised happened. */
    boolean ok() {
        return payments.wrong() == 0
                && payments.duplicated() == refunds.doubles()
                && refunds.problems().isEmpty()
                && notBack.isEmpty()
                && tooLarge().isEmpty()
                && auditors.ok()
                && missing().isEmpty();
    }

    /** What should have happened at least once and did not. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(payments.missing());
        for (String blow : BLOWS) {
            Map<String, Integer> dealt = counted(blow);
            Arrays.stream(Kind.values())
                    .filter(kind -> !dealt.containsKey(kind.id()))
                    .forEach(kind -> missing.add(blow + " of a " + kind.id()));
        }
        if (inside("kill") == 0) {
            missing.add("a kill while a call that moves money was open");
        }
        long wanted = length.dividedBy(TEN_MINUTES) * ONCE_PER_TEN_MINUTES;
        if (refunds.executed() < wanted) {
            missing.add(wanted + " calls that moved money (" + refunds.executed() + ")");
        }
        return missing;
    }

    /** {@code order_uuid}s of the payments that are wrong, and of those whose refund is. */
    List<String> wrongOrders() {
        return Stream.concat(payments.wrongOrders().stream(), refunds.wrongOrders().stream())
                .distinct()
                .toList();
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>(payments.problems());
        problems.addAll(refunds.problems());
        problems.addAll(notBack);
        problems.addAll(tooLarge());
        problems.addAll(auditors.problems());
        return problems;
    }

    private List<String> tooLarge() {
        return peaks.entrySet().stream()
                .filter(peak -> peak.getKey() != Kind.BROKER && peak.getValue() > MOST_MIB)
                .map(peak -> "a process of kind " + peak.getKey().id() + " held " + peak.getValue() + " MiB")
                .toList();
    }

    /** How often such a blow fell while a call that moves money was held open. */
    private long inside(String blow) {
        return struck.stream()
                .filter(each -> each.inside() && each.blow().id().equals(blow))
                .count();
    }

    /** How often each kind was struck so. */
    Map<String, Integer> counted(String blow) {
        Map<String, Integer> counted = new TreeMap<>();
        struck.stream()
                .filter(each -> each.blow().id().equals(blow))
                .forEach(each -> counted.merge(each.kind().id(), 1, Integer::sum));
        return counted;
    }

    /** The command contract's fields, and some more. */
    Map<String, Object> toJson() {
        List<Duration> all = recoveries.values().stream().flatMap(List::stream).toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("payments", payments.payments());
        json.put("payments_per_s", perSecond());
        json.put("turned_away", payments.turnedAway());
        json.put("kills", counted("kill"));
        json.put("holds", counted("hold"));
        json.put("restarts", counted("restart"));
        json.put("lost", payments.lost() + refunds.lost());
        json.put("duplicated", payments.duplicated());
        json.put("contradicted", payments.contradicted());
        json.put("wrong", payments.wrong() + refunds.problems().size());
        json.put("repeated_posts", repeatedPosts);
        json.put("once_executed", refunds.executed());
        json.put("once_unknown", refunds.unknown());
        Map<String, Object> inside = new LinkedHashMap<>();
        BLOWS.forEach(blow -> inside.put(blow, inside(blow)));
        json.put("once_struck_inside", inside);
        json.put("double_payouts", refunds.doubles());
        json.put("breaches", auditors.breaches());
        Map<String, Object> recovery = new LinkedHashMap<>();
        recovery.put("p50", seconds(percentile(all, 50)));
        recovery.put("max", seconds(percentile(all, 100)));
        recovery.put("measured", all.size());
        json.put("recovery_s", recovery);
        Map<String, Long> memory = new TreeMap<>();
        peaks.forEach((kind, mebibytes) -> memory.put(kind.id(), mebibytes));
        json.put("peak_mib", memory);
        return json;
    }

    /** As a table for people. */
    List<String> toLines() {
        List<String> lines = new ArrayList<>();
        toJson().forEach((name, value) -> lines.add("%-18s %s".formatted(name.replace('_', ' '), value)));
        recoveries.forEach((kind, times) -> lines.add("%-18s %s kills measured, p50 %s s, max %s s"
                .formatted(
                        "  " + kind.id(),
                        times.size(),
                        seconds(percentile(times, 50)),
                        seconds(percentile(times, 100)))));
        lines.add("faults met         " + payments.faults());
        missing().forEach(missing -> lines.add("NEVER HAPPENED: " + missing));
        problems().forEach(problem -> lines.add("WRONG: " + problem));
        lines.add(ok() ? "Nothing lost, nothing twice." : "NOT clean.");
        return lines;
    }

    private BigDecimal perSecond() {
        return BigDecimal.valueOf(payments.payments() * 1_000L)
                .divide(BigDecimal.valueOf(length.toMillis()), 1, RoundingMode.HALF_UP);
    }

    private static Optional<Duration> percentile(List<Duration> times, int percent) {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() * percent + 99) / 100 - 1));
    }

    private static @Nullable BigDecimal seconds(Optional<Duration> time) {
        return time.map(taken -> BigDecimal.valueOf(taken.toMillis(), 3).setScale(1, RoundingMode.HALF_UP))
                .orElse(null);
    }
}
