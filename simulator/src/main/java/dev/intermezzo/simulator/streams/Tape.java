package dev.intermezzo.simulator.streams;

import dev.intermezzo.simulator.log.Entry;
import java.time.Instant;

/** Hears what each task takes and writes, so that Kafka's own test driver can be played the same. */
public interface Tape {

    /** Hears nothing. */
    Tape NONE = new Tape() {};

    default void took(String application, int partition, Instant at, Entry entry) {}

    /** The task looked at the clock. */
    default void punctuated(String application, int partition, Instant at) {}

    default void wrote(String application, int partition, String topic, String key, byte[] value) {}
}
