/**
 * Kafka clients, topics and schemas as every stage uses them. Each setting that differs from Kafka's default has its reason
 * beside it and a test that pins it.
 */
@NullMarked
package dev.intermezzo.runtime.kafka;

import org.jspecify.annotations.NullMarked;
