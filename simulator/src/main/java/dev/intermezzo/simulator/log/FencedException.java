package dev.intermezzo.simulator.log;

/** A newer producer with the same transactional id, or a newer owner in the group, has taken over. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(String who) {
        super(who + " was fenced");
    }
}
