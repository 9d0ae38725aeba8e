package dev.intermezzo.runtime.sealing;

import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.WrappedKey;

/**
 * A buyer's data, sealed, and its key, sealed to the cashier executor.
 *
 * @param data travels in events and lies in the ledger
 * @param key goes to the topic {@code buyer-keys} and nowhere else
 */
public record SealedBuyer(SealedData data, WrappedKey key) {}
