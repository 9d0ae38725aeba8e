package dev.intermezzo.orchestrator.payment;

/**
 * Something sealed with a payment's data key; the state machine carries it and cannot open it.
 *
 * @param keyId names the data key
 * @param purpose what it is, part of the associated data
 */
public record SealedData(String keyId, String purpose, Bytes ciphertext) {}
