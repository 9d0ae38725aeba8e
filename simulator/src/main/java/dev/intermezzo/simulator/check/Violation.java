package dev.intermezzo.simulator.check;

/**
 * A broken promise.
 *
 * @param payment whose; empty: of the whole run
 * @param what what was seen, in one sentence
 */
public record Violation(Promise promise, String payment, String what) {
    @Override
    public String toString() {
        return promise + (payment.isEmpty() ? "" : " of " + payment) + ": " + what;
    }
}
