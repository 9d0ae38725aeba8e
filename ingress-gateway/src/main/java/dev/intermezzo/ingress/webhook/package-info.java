/** The Cashier's webhooks: authenticated, read, and durable before they are answered. */
@NullMarked
package dev.intermezzo.ingress.webhook;

import org.jspecify.annotations.NullMarked;
