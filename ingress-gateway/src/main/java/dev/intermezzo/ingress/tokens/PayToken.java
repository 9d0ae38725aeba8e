package dev.intermezzo.ingress.tokens;

import java.time.Instant;

/**
 * What the address of a payment's page says.
 *
 * @param paymentId the payment it opens
 * @param language language of its pages, two letters
 * @param expires not valid from this moment on; whole seconds
 */
public record PayToken(String paymentId, String language, Instant expires) {}
