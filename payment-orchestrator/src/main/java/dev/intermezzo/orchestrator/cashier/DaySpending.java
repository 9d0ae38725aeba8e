package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.orchestrator.cashier.OnceDecision.Spending;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What each merchant pays out on a day (UTC), as the committed claims tell. What was claimed counts, unless it is known that
 * nothing was sent; a refusal of the Cashier counts too, since some of them leave open what happened.
 *
 * <p>It remembers two days: claims are written within seconds of their own time, so an older day can gain nothing.
 */
final class DaySpending {
    private static final Set<String> NOTHING_SENT = Set.of("NotExecuted", "NotSent");

    private record Spent(String merchantId, LocalDate day, Money amount) {}

    private final Map<String, Spent> byCommand = new ConcurrentHashMap<>();
    private LocalDate latest = LocalDate.MIN;

    /** For the one thread that reads the log. */
    void take(ExecutionClaim claim) {
        Money amount = claim.getAmount();
        LocalDate day = day(claim.getOccurredAt());
        String outcome = claim.getOutcome();
        if (outcome != null && NOTHING_SENT.contains(outcome)) {
            byCommand.remove(claim.getCommandId());
            return;
        }
        if (day.isAfter(latest)) {
            latest = day;
            byCommand.values().removeIf(spent -> isOver(spent.day()));
        }
        if (amount != null && !isOver(day)) {
            byCommand.put(claim.getCommandId(), new Spent(claim.getMerchantId(), day, amount));
        }
    }

    /**
     * Whether the day's limit holds.
     *
     * @param limits null: this call has none
     * @param more not claimed yet
     */
    Spending with(BigDecimal more, String merchantId, Instant at, @Nullable PayOutLimits limits) {
        if (limits == null) {
            return Spending.WITHIN;
        }
        LocalDate day = day(at);
        BigDecimal sum = byCommand.values().stream()
                .filter(spent -> spent.merchantId().equals(merchantId)
                        && spent.day().equals(day)
                        && spent.amount().getCurrency().equals(limits.getCurrency()))
                .map(spent -> spent.amount().getAmount())
                .reduce(more, BigDecimal::add);
        return sum.compareTo(limits.getPerDay()) > 0 ? Spending.ABOVE : Spending.WITHIN;
    }

    private boolean isOver(LocalDate day) {
        return day.isBefore(latest.minusDays(1));
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
