/** Runs the production processors as Kafka Streams would: tasks, stores, transactions, crashes, owners. */
@NullMarked
package dev.intermezzo.simulator.streams;

import org.jspecify.annotations.NullMarked;
