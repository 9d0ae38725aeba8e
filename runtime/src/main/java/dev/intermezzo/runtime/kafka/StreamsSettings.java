package dev.intermezzo.runtime.kafka;

import dev.intermezzo.runtime.settings.SettingsReader;

/**
 * What an operator may choose for a Streams application.
 *
 * @param threads stream threads of this process, 1 to 32
 * @param standbyReplicas warm copies of each store elsewhere, 0 to 2; 0 only where one instance runs
 */
public record StreamsSettings(int threads, int standbyReplicas) {

    /** One thread, one standby. */
    public static StreamsSettings defaults() {
        return new StreamsSettings(1, 1);
    }

    /** One thread, no standby: everything in one process. */
    public static StreamsSettings sandbox() {
        return new StreamsSettings(1, 0);
    }

    /** {@code streams.threads}, {@code streams.standby-replicas}. */
    public static StreamsSettings read(SettingsReader settings) {
        StreamsSettings defaults = defaults();
        return new StreamsSettings(
                settings.about("Stream threads of each application in this process.")
                        .integer("streams.threads", defaults.threads(), 1, 32),
                settings.about("Warm copies of each store in other processes; 0 only where one instance runs.")
                        .integer("streams.standby-replicas", defaults.standbyReplicas(), 0, 2));
    }
}
