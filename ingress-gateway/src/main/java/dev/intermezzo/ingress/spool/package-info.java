/**
 * Webhooks on their way to Kafka, by the disk when Kafka does not take them: a bounded, sealed, fsynced spool that is
 * published in order when Kafka is back.
 */
@NullMarked
package dev.intermezzo.ingress.spool;

import org.jspecify.annotations.NullMarked;
