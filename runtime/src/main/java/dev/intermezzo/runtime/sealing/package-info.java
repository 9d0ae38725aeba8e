/**
 * Everything that is sealed before it reaches Kafka, and the keysets it is sealed with.
 */
@NullMarked
package dev.intermezzo.runtime.sealing;

import org.jspecify.annotations.NullMarked;
