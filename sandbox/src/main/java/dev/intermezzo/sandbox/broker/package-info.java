/** A real single-node Kafka (KRaft) inside this JVM, for {@code up}, {@code demo} and integration tests. */
@NullMarked
package dev.intermezzo.sandbox.broker;

import org.jspecify.annotations.NullMarked;
