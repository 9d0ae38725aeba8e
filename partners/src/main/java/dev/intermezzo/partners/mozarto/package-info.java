/**
 * The Mozarto Cashier protocol as pure functions: what each provider needs (a catalogue of data files), how a request
 * and its user token are written, and how answers and webhooks are read without ever trusting their shape.
 */
@NullMarked
package dev.intermezzo.partners.mozarto;

import org.jspecify.annotations.NullMarked;
