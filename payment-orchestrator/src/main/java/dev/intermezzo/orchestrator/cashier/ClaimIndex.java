package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the committed claims say, as one reader has read them so far: which command was claimed, by which record first, whether
 * its outcome was reported, and what a merchant spent. Without Kafka; one thread feeds it in the order of the log, any asks.
 */
public final class ClaimIndex {

    /** Where a claim lies. */
    public record Place(int partition, long offset) {}

    /** What a further record means. */
    public enum Found {
        FIRST_CLAIM,
        /** The same record once more, or the note of an outcome. */
        NOTHING_NEW,
        /** Another executor claimed the command after the first. */
        SECOND_CLAIM
    }

    private final Map<String, Place> first = new ConcurrentHashMap<>();
    private final Map<String, ExecutionClaim> open = new ConcurrentSkipListMap<>();
    private final DaySpending spending = new DaySpending();

    /**
     * Takes the next record of the log.
     *
     * @param commandId the record's key, which alone says what was claimed: a claim that cannot be read counts all the same
     * @param decoded the record's value
     */
    public Found take(String commandId, Place place, Supplier<ExecutionClaim> decoded) {
        Place known = first.putIfAbsent(commandId, place);
        ExecutionClaim claim = decoded.get();
        spending.take(claim);
        if (claim.getOutcome() != null) {
            open.remove(commandId);
            return Found.NOTHING_NEW;
        }
        if (known == null) {
            open.put(commandId, claim);
            return Found.FIRST_CLAIM;
        }
        return known.equals(place) ? Found.NOTHING_NEW : Found.SECOND_CLAIM;
    }

    /** A committed claim of this command has been read. */
    public boolean knows(String commandId) {
        return first.containsKey(commandId);
    }

    /** Whether the first claim of the command is the one at this place. */
    public OnceDecision.Standing standing(String commandId, Place ours) {
        Place found = first.get(commandId);
        if (found == null) {
            return OnceDecision.Standing.NOT_SEEN;
        }
        return found.equals(ours) ? OnceDecision.Standing.OURS : OnceDecision.Standing.ANOTHERS;
    }

    /** Claims whose outcome nobody has reported yet, by command id. */
    public List<ExecutionClaim> unreported() {
        return List.copyOf(open.values());
    }

    /** What the limits of a day say of a command that nobody has claimed, as far as has been read. */
    public OnceDecision.Spending spendingWith(CashierCommand command, Instant at, @Nullable PayOutLimits limits) {
        return spending.with(
                new DaySpending.Wanted(
                        command.getAmount().getAmount(),
                        command.getMerchantId(),
                        at,
                        ClaimTransaction.destination(command)),
                limits);
    }

    /** What the limits of a day say of a claim that has been read back. */
    public OnceDecision.Spending spending(ExecutionClaim claim, @Nullable PayOutLimits limits) {
        return spending.with(
                new DaySpending.Wanted(
                        BigDecimal.ZERO, claim.getMerchantId(), claim.getOccurredAt(), claim.getDestination()),
                limits);
    }
}
