package dev.intermezzo.runtime.kafka;

import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.schemas.Topics;

/**
 * Shape of every topic of an installation.
 *
 * @param partitions chosen once; never 1, which hides co-partitioning faults
 * @param replication copies of each partition
 * @param minInSync copies that must hold a record before its writer is answered
 */
public record TopicSettings(int partitions, int replication, int minInSync) {

    /** 24 partitions, three copies, two in sync. */
    public static TopicSettings defaults() {
        return new TopicSettings(Topics.DEFAULT_PARTITIONS, 3, 2);
    }

    /** Three partitions on one broker. */
    public static TopicSettings sandbox() {
        return new TopicSettings(3, 1, 1);
    }

    /** {@code topics.partitions}, {@code topics.replication}, {@code topics.min-in-sync}. */
    public static TopicSettings read(SettingsReader settings) {
        TopicSettings defaults = defaults();
        TopicSettings read = new TopicSettings(
                settings.about("Partitions of each topic, chosen once for an installation.")
                        .integer("topics.partitions", defaults.partitions(), 2, 1_000),
                settings.about("Copies of each partition.").integer("topics.replication", defaults.replication(), 1, 7),
                settings.about(
                                "Copies that must hold a record before its writer is answered; not above topics.replication.")
                        .integer("topics.min-in-sync", defaults.minInSync(), 1, 7));
        if (read.minInSync() > read.replication()) {
            settings.problem("topics.min-in-sync is " + read.minInSync() + ", above topics.replication, which is "
                    + read.replication() + ": nothing could be written.");
        }
        return read;
    }
}
