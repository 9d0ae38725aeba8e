/** Addresses and cookies that name a payment: sealed, bound to one purpose, and expiring. */
@NullMarked
package dev.intermezzo.ingress.tokens;

import org.jspecify.annotations.NullMarked;
