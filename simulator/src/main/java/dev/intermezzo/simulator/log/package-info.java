/** A log like Kafka's, in memory: partitions, transactions that fence, read-committed readers, offsets. */
@NullMarked
package dev.intermezzo.simulator.log;

import org.jspecify.annotations.NullMarked;
