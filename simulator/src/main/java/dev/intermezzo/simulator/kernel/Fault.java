package dev.intermezzo.simulator.kernel;

/**
 * One fault that struck.
 *
 * @param site where, by what was being done and for the how-manieth time; stays the same when other payments or faults are left
 *     out, which is what lets a history be shortened
 */
public record Fault(FaultKind kind, String site) {
    @Override
    public String toString() {
        return kind.code() + " at " + site;
    }
}
