package dev.intermezzo.sandbox.load;

/** Hears how far a demonstration is; called from several threads, often, and must return at once. */
@FunctionalInterface
public interface Progress {

    /**
     * @param begun buyers that have begun
     * @param arrived buyers that have reached their last page
     * @param settled payments whose outcome is final; counted after the last buyer only
     * @param payments how many there are
     */
    void update(int begun, int arrived, int settled, int payments);
}
