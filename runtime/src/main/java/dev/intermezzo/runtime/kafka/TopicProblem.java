package dev.intermezzo.runtime.kafka;

/**
 * One difference between a topic as it is and as it must be.
 *
 * @param topic full name
 * @param sentence what differs, for a person
 */
public record TopicProblem(String topic, Kind kind, String sentence) {
    public enum Kind {
        /** Created by {@code topics apply}. */
        MISSING,
        /** Set by {@code topics apply}. */
        SETTING,
        /** The group that executes once-commands does not know where to begin; committed by {@code topics apply}. */
        OFFSETS,
        /** Cannot be changed in place: a rebuild from the ledger under a new prefix. */
        PARTITIONS,
        /** Changed by the cluster's operator with a reassignment. */
        REPLICATION
    }

    /** Whether {@link TopicAdmin#apply} removes it. */
    public boolean isApplicable() {
        return switch (kind) {
            case MISSING, SETTING, OFFSETS -> true;
            case PARTITIONS, REPLICATION -> false;
        };
    }
}
