package dev.intermezzo.orchestrator.topology;

/** A rebuild that must not be, or cannot be done; nothing was changed. */
public final class RebuildRefusedException extends RuntimeException {
    private final String code;

    RebuildRefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** {@code orchestrator-running} or {@code ledger-not-reproduced}. */
    public String code() {
        return code;
    }
}
