/** Mozarto asks whether a buyer's session is one of ours, before it routes. */
@NullMarked
package dev.intermezzo.ingress.verification;

import org.jspecify.annotations.NullMarked;
