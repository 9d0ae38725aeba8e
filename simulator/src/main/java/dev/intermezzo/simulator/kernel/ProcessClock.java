package dev.intermezzo.simulator.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The clock of one process. It may be off by up to two seconds, as far as a ready stage may be. Now and then it is plainly wrong
 * for a while, by minutes or hours ahead or by minutes behind, until somebody sets it right.
 */
public final class ProcessClock implements InstantSource {
    private static final Duration TOLERATED = Duration.ofSeconds(2);
    private static final List<Duration> WRONG_BY = List.of(
            Duration.ofMinutes(-12),
            Duration.ofSeconds(-70),
            Duration.ofMinutes(3),
            Duration.ofMinutes(50),
            Duration.ofHours(7));
    private static final Duration SOONEST_RIGHT = Duration.ofSeconds(20);
    private static final Duration LATEST_RIGHT = Duration.ofHours(3);

    private final Agenda agenda;
    private final Chance chance;
    private final String process;
    private Duration off = Duration.ZERO;
    private Duration wrong = Duration.ZERO;
    private Instant rightAgain = Instant.MIN;

    public ProcessClock(Agenda agenda, Chance chance, String process) {
        this.agenda = agenda;
        this.chance = chance;
        this.process = process;
    }

    /** Lets it move within what is tolerated, when chance says so. */
    public void mayJump() {
        if (chance.strikes(FaultKind.CLOCK_JUMPED, process)) {
            off = chance.between(TOLERATED.negated(), TOLERATED, "clock/" + process);
        }
    }

    /**
     * Lets it go wrong, when chance says so.
     *
     * @return whether it did
     */
    public boolean mayGoWrong() {
        if (!chance.strikes(FaultKind.CLOCK_WRONG, process)) {
            return false;
        }
        String place = "wrong/" + process;
        Duration most = WRONG_BY.get(chance.below(WRONG_BY.size(), place));
        wrong = most.isNegative()
                ? chance.between(most, Duration.ZERO, place)
                : chance.between(Duration.ZERO, most, place);
        rightAgain = agenda.instant().plus(chance.between(SOONEST_RIGHT, LATEST_RIGHT, place));
        return true;
    }

    /** When it is set right, or was. */
    public Instant rightAgain() {
        return rightAgain;
    }

    @Override
    public Instant instant() {
        return agenda.instant().plus(error()).truncatedTo(ChronoUnit.MICROS);
    }

    /** When it will show this time, unless it is set before. */
    public Instant whenItShows(Instant time) {
        return time.minus(error());
    }

    private Duration error() {
        return agenda.instant().isBefore(rightAgain) ? off.plus(wrong) : off;
    }
}
