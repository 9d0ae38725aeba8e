package dev.intermezzo.ingress.payments;

import dev.intermezzo.schemas.avro.Environment;

/** What every fact about a payment carries. */
public record PaymentOwner(String paymentId, String merchantId, Environment environment) {}
