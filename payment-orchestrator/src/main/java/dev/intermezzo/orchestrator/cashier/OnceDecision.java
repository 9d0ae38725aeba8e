package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.ProviderOperation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What may be done with a once-command (payments, "Calling the Cashier"). Pure: what is known goes in, what may happen
 * comes out; the effects are {@link OnceExecution}'s.
 */
public sealed interface OnceDecision {

    /** The request is written within this time of the claim, or never. */
    Duration ACT_WITHIN = Duration.ofSeconds(5);

    /** The merchant's pay-outs of a day would pass their limit. */
    String DAY_LIMIT = "pay-out-day-limit";

    /** The merchant's pay-outs of a day to one destination would pass their limit. */
    String DESTINATION_LIMIT = "pay-out-destination-limit";

    /**
     * Nobody has claimed it: it is claimed, whatever follows. A refusal that is not would leave it to an executor that judges
     * otherwise, by its own clock or by settings of another moment, while the payment takes it for not executed.
     */
    sealed interface Taken extends OnceDecision {}

    /** It can be executed. */
    record Execute(Preparation.Ready call) implements Taken {}

    /** It was claimed before, so it may have been executed: it is passed by, and nothing is said about its outcome. */
    record AlreadyClaimed() implements OnceDecision {}

    /**
     * It is not to be executed.
     *
     * @param code stable, reported as {@code NotExecuted} when the claim is ours
     */
    record Refuse(String code) implements Taken {}

    /** What the merchant's limits of a day say. */
    enum Spending {
        WITHIN,
        ABOVE,
        /** Not in all, but to this destination. */
        ABOVE_FOR_DESTINATION,
        /** The claims could not be read to their end in time. */
        NOT_SEEN
    }

    /**
     * What to do with a command. That it was claimed is looked at first: of such a command nobody may say that it
     * was not executed, however late it comes by again.
     *
     * @param claimed a committed claim of this command is known
     * @param spending with this command, as far as claims are known
     */
    static OnceDecision onCommand(boolean claimed, Preparation preparation, Spending spending) {
        if (claimed) {
            return new AlreadyClaimed();
        }
        return switch (preparation) {
            case Preparation.Impossible impossible -> new Refuse(impossible.code());
            case Preparation.Ready ready
            when ready.operation().kind() != Kind.MOVES_MONEY -> new Refuse("operation-opens-page");
            case Preparation.Ready ready when spending == Spending.ABOVE -> new Refuse(DAY_LIMIT);
            case Preparation.Ready ready
            when spending == Spending.ABOVE_FOR_DESTINATION -> new Refuse(DESTINATION_LIMIT);
            case Preparation.Ready ready -> new Execute(ready);
        };
    }

    /** Whose claim came first in the log. */
    enum Standing {
        OURS,
        ANOTHERS,
        /** The log could not be read up to our claim in time. */
        NOT_SEEN
    }

    /** What follows once the claim is committed. */
    sealed interface Act {

        /** The request may be written, not later than this from now. */
        record Call(Duration within) implements Act {}

        /**
         * Ours, and not to be called: certainly not executed.
         *
         * @param code stable, reported as {@code NotExecuted}
         */
        record Drop(String code) implements Act {}

        /** Somebody else may be executing it: nothing is done and nothing is said, except loudly in the log. */
        record Yield() implements Act {}

        /** Nobody knows whose it is: it counts as unknown. */
        record Unsure() implements Act {}
    }

    /** What follows for a command that is not to be executed. */
    static Act onRefusalClaimed(Standing standing, String code) {
        return onStanding(standing, () -> new Act.Drop(code));
    }

    /**
     * Whether the request may be written.
     *
     * @param spending by all claims up to a moment after this one could be read, this one included. Of two claims at the same
     *     time at least one sees the other, so the limit holds; both may see each other, and then neither calls.
     * @param notAfter the command's own end
     */
    static Act onClaimed(Standing standing, Spending spending, Instant claimedAt, Instant notAfter, Instant now) {
        return onStanding(standing, () -> ours(spending, claimedAt, notAfter, now));
    }

    private static Act onStanding(Standing standing, Supplier<Act> ours) {
        return switch (standing) {
            case ANOTHERS -> new Act.Yield();
            case NOT_SEEN -> new Act.Unsure();
            case OURS -> ours.get();
        };
    }

    private static Act ours(Spending spending, Instant claimedAt, Instant notAfter, Instant now) {
        return switch (spending) {
            case ABOVE -> new Act.Drop(DAY_LIMIT);
            case ABOVE_FOR_DESTINATION -> new Act.Drop(DESTINATION_LIMIT);
            case NOT_SEEN -> new Act.Drop("pay-out-sum-not-seen");
            case WITHIN -> {
                Instant end = claimedAt.plus(ACT_WITHIN);
                Duration left = Duration.between(now, end.isBefore(notAfter) ? end : notAfter);
                // A clock that was set back must not lengthen the time.
                Duration within = left.compareTo(ACT_WITHIN) > 0 ? ACT_WITHIN : left;
                yield within.isPositive() ? new Act.Call(within) : new Act.Drop(AnswerReader.CLAIM_EXPIRED);
            }
        };
    }
}
