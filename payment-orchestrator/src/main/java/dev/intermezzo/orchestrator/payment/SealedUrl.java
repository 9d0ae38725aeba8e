package dev.intermezzo.orchestrator.payment;

/** A provider's address, sealed for the ingress. */
public record SealedUrl(Bytes ciphertext) {}
