/**
 * Mozello's Payment API as bytes: checkout forms in, notifications out, and the signatures on both. Nothing here knows a
 * clock, a network or a merchant's record; what a merchant decides comes in as {@link CheckoutRules}.
 *
 * <p>Section names in the comments, such as "Payment API, signing", are those of Mozello's developer documentation and of
 * the official sample payment provider. What neither of them states is marked as an assumption where it is relied on.
 */
@NullMarked
package dev.intermezzo.partners.mozello;

import org.jspecify.annotations.NullMarked;
