package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.auditor.AuditStep.Checked;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the auditor of this process has seen since it started, and what the payments of its partitions are found with now.
 * Safe for several threads.
 */
final class AuditorCounts {
    private final Map<Rule, LongAdder> breaches = adders(Rule.class);
    private final Map<Checked, LongAdder> entries = adders(Checked.class);
    private final Map<Integer, Map<String, Map<Age, Long>>> stuck = new ConcurrentHashMap<>();
    private final Map<Integer, Map<String, Long>> broken = new ConcurrentHashMap<>();

    /** How long a payment has been waiting: at least this, and less than the next. */
    enum Age {
        NEW("0h", Duration.ZERO),
        ONE_HOUR("1h", Duration.ofHours(1)),
        SIX_HOURS("6h", Duration.ofHours(6)),
        ONE_DAY("1d", Duration.ofDays(1)),
        SEVEN_DAYS("7d", Duration.ofDays(7));

        private final String code;
        private final Duration from;

        Age(String code, Duration from) {
            this.code = code;
            this.from = from;
        }

        static Age of(Duration waited) {
            return Arrays.stream(values())
                    .filter(age -> waited.compareTo(age.from) >= 0)
                    .reduce(NEW, (younger, older) -> older);
        }
    }

    /** Registers all series at once, so that the first breach is a change from 0 and not a series that was never there. */
    void bind(MeterRegistry meters) {
        breaches.forEach((rule, count) -> {
            FunctionCounter.builder("intermezzo.auditor.breaches", count, LongAdder::doubleValue)
                    .description("Rules of money found broken in the ledger, once for each payment and rule")
                    .tag("rule", rule.code())
                    .register(meters);
            Gauge.builder("intermezzo.auditor.broken.payments", this, counts -> counts.broken(rule))
                    .description("Payments whose ledger breaks a rule of money")
                    .tag("rule", rule.code())
                    .register(meters);
        });
        entries.forEach(
                (checked, count) -> FunctionCounter.builder("intermezzo.auditor.entries", count, LongAdder::doubleValue)
                        .description("Ledger entries that the auditor checked")
                        .tag("checked", checked.code())
                        .register(meters));
        for (StuckRule rule : StuckRule.values()) {
            for (Age age : Age.values()) {
                Gauge.builder("intermezzo.stuck.payments", this, counts -> counts.stuck(rule, age))
                        .description("Payments that have waited too long, by what for and how long")
                        .tag("rule", rule.code())
                        .tag("age", age.code)
                        .register(meters);
            }
        }
    }

    void breached(int partition, Rule rule) {
        Objects.requireNonNull(breaches.get(rule)).increment();
        broken.computeIfAbsent(partition, none -> new ConcurrentHashMap<>()).merge(rule.code(), 1L, Long::sum);
    }

    /** Takes up what earlier owners of a partition found. */
    void broken(int partition, Findings found) {
        Map<String, Long> payments = new ConcurrentHashMap<>();
        found.forEach((rule, since) -> payments.merge(rule, 1L, Long::sum));
        broken.put(partition, payments);
    }

    void checked(Checked checked) {
        Objects.requireNonNull(entries.get(checked)).increment();
    }

    /** Replaces what is known of one partition's stuck payments. */
    void stuck(int partition, Findings found, Instant now) {
        Map<String, Map<Age, Long>> ages = new ConcurrentHashMap<>();
        found.forEach((rule, since) -> ages.computeIfAbsent(rule, none -> new EnumMap<>(Age.class))
                .merge(Age.of(Duration.between(since, now)), 1L, Long::sum));
        stuck.put(partition, ages);
    }

    /** Another instance counts them from now on. */
    void gone(int partition) {
        stuck.remove(partition);
        broken.remove(partition);
    }

    private double broken(Rule rule) {
        return broken.values().stream()
                .mapToLong(rules -> rules.getOrDefault(rule.code(), 0L))
                .sum();
    }

    private double stuck(StuckRule rule, Age age) {
        return stuck.values().stream()
                .mapToLong(rules -> rules.getOrDefault(rule.code(), Map.of()).getOrDefault(age, 0L))
                .sum();
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E each : type.getEnumConstants()) {
            adders.put(each, new LongAdder());
        }
        return adders;
    }
}
