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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What each merchant pays out on a day (UTC), in all and to each destination, as the committed claims tell. What was claimed counts, unless it is known that
 * nothing was sent; a refusal of the Cashier counts too, since some of them leave open what happened.
 *
 * <p>It remembers two days: claims are written within seconds of their own time, so an older day can gain nothing.
 */
final class DaySpending {
    private static final Set<String> NOTHING_SENT = Set.of("NotExecuted", "NotSent");

    private record Spent(String merchantId, LocalDate day, Money amount, String destination) {}

    /**
     * Something that is to be paid out.
     *
     * @param more not claimed yet
     * @param destination the merchant's name of whom it is paid to; empty: a refund, for which only the day's sum counts
     */
    record Wanted(BigDecimal more, String merchantId, Instant at, String destination) {}

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
            byCommand.put(claim.getCommandId(), new Spent(claim.getMerchantId(), day, amount, claim.getDestination()));
        }
    }

    /**
     * Whether the limits of a day hold: the merchant's, and that of the destination.
     *
     * @param limits null: this call has none
     */
    Spending with(Wanted wanted, @Nullable PayOutLimits limits) {
        if (limits == null) {
            return Spending.WITHIN;
        }
        if (sum(wanted, limits, spent -> true).compareTo(limits.getPerDay()) > 0) {
            return Spending.ABOVE;
        }
        BigDecimal perDestination = limits.getPerDestination();
        boolean above = !wanted.destination().isEmpty()
                && perDestination != null
                && sum(wanted, limits, spent -> spent.destination().equals(wanted.destination()))
                                .compareTo(perDestination)
                        > 0;
        return above ? Spending.ABOVE_FOR_DESTINATION : Spending.WITHIN;
    }

    private BigDecimal sum(Wanted wanted, PayOutLimits limits, Predicate<Spent> counts) {
        LocalDate day = day(wanted.at());
        return byCommand.values().stream()
                .filter(spent -> spent.merchantId().equals(wanted.merchantId())
                        && spent.day().equals(day)
                        && spent.amount().getCurrency().equals(limits.getCurrency()))
                .filter(counts)
                .map(spent -> spent.amount().getAmount())
                .reduce(wanted.more(), BigDecimal::add);
    }

    private boolean isOver(LocalDate day) {
        return day.isBefore(latest.minusDays(1));
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
