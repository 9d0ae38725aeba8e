package dev.intermezzo.orchestrator.topology;

/** The orchestrator may not start: a rebuild of its stores was begun and not ended. */
public final class RebuildUnfinishedException extends RuntimeException {
    RebuildUnfinishedException(String mark) {
        super("A rebuild of the orchestrator's stores was begun and not ended (topic " + mark
                + "), so they are half written. Run 'intermezzo rebuild' to its end, then start again.");
    }
}
