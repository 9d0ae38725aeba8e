/** How a command reaches Kafka: a running cluster, or the folder of a kept embedded broker. */
@NullMarked
package dev.intermezzo.cli.kafka;

import org.jspecify.annotations.NullMarked;
