package dev.intermezzo.cli.chaos;

import java.time.Duration;

/** What strikes a process. */
sealed interface Blow {

    /**
     * SIGKILL.
     *
     * @param restartAfter how long it stays away
     */
    record Kill(Duration restartAfter) implements Blow {}

    /**
     * SIGSTOP, later SIGCONT: the process finds out only afterwards that it was taken for dead.
     *
     * @param length how long it is held still
     */
    record Hold(Duration length) implements Blow {}

    /**
     * SIGTERM: the process is to finish what it has begun, give back what it holds, and end.
     *
     * @param startAfter how long it stays away once it has ended
     */
    record Restart(Duration startAfter) implements Blow {}

    /** The name in reports. */
    default String id() {
        return switch (this) {
            case Kill kill -> "kill";
            case Hold hold -> "hold";
            case Restart restart -> "restart";
        };
    }

    /** How long the process does nothing. */
    default Duration lasts() {
        return switch (this) {
            case Kill(Duration restartAfter) -> restartAfter;
            case Hold(Duration length) -> length;
            case Restart(Duration startAfter) -> startAfter;
        };
    }
}
