package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.ProviderOperation.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * What may be done with a once-command (payments, "Calling the Cashier"). Pure: what is known goes in, what may happen
 * comes out; the effects are {@link OnceExecution}'s.
 */
sealed interface OnceDecision {

    /** The request is written within this time of the claim, or never. */
    Duration ACT_WITHIN = Duration.ofSeconds(5);

    /** Nobody has claimed it and it can be executed: claim it. */
    record Claim(Preparation.Ready call) implements OnceDecision {}

    /** It was claimed before, so it may have been executed: it is passed by, and nothing is said about its outcome. */
    record AlreadyClaimed() implements OnceDecision {}

    /**
     * It is not executed and never was.
     *
     * @param code stable, reported as {@code NotExecuted}
     */
    record Refuse(String code) implements OnceDecision {}

    /**
     * Whether a command may be claimed. That it was claimed is looked at first: of such a command nobody may say that it
     * was not executed, however late it comes by again.
     *
     * @param claimed a committed claim of this command is known
     */
    static OnceDecision onCommand(boolean claimed, Preparation preparation) {
        if (claimed) {
            return new AlreadyClaimed();
        }
        return switch (preparation) {
            case Preparation.Impossible impossible -> new Refuse(impossible.code());
            case Preparation.Ready ready ->
                ready.operation().kind() == Kind.MOVES_MONEY
                        ? new Claim(ready)
                        : new Refuse("operation-opens-page");
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

        /** Ours, but too late: certainly not executed. */
        record TooLate() implements Act {}

        /** Somebody else may be executing it: nothing is done and nothing is said, except loudly in the log. */
        record Yield() implements Act {}

        /** Nobody knows whose it is: it counts as unknown. */
        record Unsure() implements Act {}
    }

    /**
     * Whether the request may be written.
     *
     * @param notAfter the command's own end
     */
    static Act onClaimed(Standing standing, Instant claimedAt, Instant notAfter, Instant now) {
        return switch (standing) {
            case ANOTHERS -> new Act.Yield();
            case NOT_SEEN -> new Act.Unsure();
            case OURS -> {
                Instant end = claimedAt.plus(ACT_WITHIN);
                Duration left = Duration.between(now, end.isBefore(notAfter) ? end : notAfter);
                // A clock that was set back must not lengthen the time.
                Duration within = left.compareTo(ACT_WITHIN) > 0 ? ACT_WITHIN : left;
                yield within.isPositive() ? new Act.Call(within) : new Act.TooLate();
            }
        };
    }
}
