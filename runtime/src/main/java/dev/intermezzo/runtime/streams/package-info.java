/**
 * What every Kafka Streams application shares: its lifecycle as a stage, durable due times, and how it reads and writes typed
 * values.
 */
@NullMarked
package dev.intermezzo.runtime.streams;

import org.jspecify.annotations.NullMarked;
