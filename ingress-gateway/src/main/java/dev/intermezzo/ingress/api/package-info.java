/**
 * The role {@code merchant-api}: a merchant's own system reads its payments and asks for refunds and other pay-outs. Like every ingress it
 * publishes facts and shows views; whether money moves is decided where it always is.
 */
@NullMarked
package dev.intermezzo.ingress.api;

import org.jspecify.annotations.NullMarked;
