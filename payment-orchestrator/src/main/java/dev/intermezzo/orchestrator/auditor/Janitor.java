package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.AuditedWait;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps an account of what a payment waits for, and says when a wait has lasted too long. Pure: time is handed in. */
final class Janitor {
    private static final Map<String, Duration> LIMITS =
            Arrays.stream(StuckRule.values()).collect(Collectors.toUnmodifiableMap(StuckRule::code, StuckRule::limit));

    private Janitor() {}

    /**
     * @param begun waits that are too long now and were not before
     * @param ended codes of waits that were too long and are over
     */
    record Looked(AuditedPayment memory, List<AuditedWait> begun, List<String> ended) {}

    /**
     * The payment has changed: which waits begin, go on or are over. Nothing is called too long here, because what follows
     * in the ledger may have ended it already.
     *
     * @param state null: not known, so that nothing can be said about its waits
     */
    static Looked changed(AuditedPayment memory, @Nullable PaymentState state) {
        List<AuditedWait> next = new ArrayList<>();
        if (state != null) {
            Waits.of(state)
                    .forEach((rule, since) -> next.add(known(memory, rule)
                            .filter(before -> sameWait(rule, before, since))
                            .orElseGet(
                                    () -> new AuditedWait(rule.code(), since.truncatedTo(ChronoUnit.MICROS), false))));
        }
        List<String> ended = memory.getWaits().stream()
                .filter(before -> before.getStuck() && !next.contains(before))
                .map(AuditedWait::getRule)
                .toList();
        return new Looked(with(memory, next), List.of(), ended);
    }

    /** Time has passed: which waits are too long by now. */
    static Looked looked(AuditedPayment memory, Instant now) {
        List<AuditedWait> begun = new ArrayList<>();
        List<AuditedWait> next = new ArrayList<>();
        for (AuditedWait wait : memory.getWaits()) {
            boolean over = !wait.getStuck() && !tooLongAt(wait).isAfter(now);
            AuditedWait after = over ? new AuditedWait(wait.getRule(), wait.getSince(), true) : wait;
            next.add(after);
            if (over) {
                begun.add(after);
            }
        }
        return new Looked(with(memory, next), begun, List.of());
    }

    /** A wait that the state dates anew is another one; others go on from when they were first seen. */
    private static boolean sameWait(StuckRule rule, AuditedWait before, Instant since) {
        return switch (rule) {
            case TIMER, OPENING, ON_HOLD, AT_PROVIDER, ORDER_TIME ->
                before.getSince().equals(since.truncatedTo(ChronoUnit.MICROS));
            case VERIFYING,
                    UNKNOWN_PAGE,
                    UNKNOWN_MONEY,
                    REFUND,
                    UNKNOWN_REFUND,
                    MESSAGE,
                    PARKED,
                    SURPLUS,
                    ORPHAN,
                    REVERSAL,
                    SHOP_DISAGREES,
                    REVIEW -> true;
        };
    }

    private static Optional<AuditedWait> known(AuditedPayment memory, StuckRule rule) {
        return memory.getWaits().stream()
                .filter(wait -> wait.getRule().equals(rule.code()))
                .findFirst();
    }

    private static AuditedPayment with(AuditedPayment memory, List<AuditedWait> waits) {
        Instant lookAt = waits.stream()
                .filter(wait -> !wait.getStuck())
                .map(Janitor::tooLongAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return AuditedPayment.newBuilder(memory)
                .setWaits(waits)
                .setLookAt(lookAt)
                .build();
    }

    private static Instant tooLongAt(AuditedWait wait) {
        return wait.getSince().plus(LIMITS.getOrDefault(wait.getRule(), Duration.ZERO));
    }
}
