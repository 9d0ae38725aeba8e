/**
 * When a shop is told: one message in flight per order, at most one waiting, and a due time that survives restarts. The
 * rules are the pure {@link dev.intermezzo.notifier.schedule.Schedule}; the rest carries them on Kafka Streams.
 */
@NullMarked
package dev.intermezzo.notifier.schedule;

import org.jspecify.annotations.NullMarked;
