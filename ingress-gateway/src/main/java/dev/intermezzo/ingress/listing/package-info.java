/** The public listing: its keys, what Mozello is asked about an order, whose connection that is, and installations. */
@NullMarked
package dev.intermezzo.ingress.listing;

import org.jspecify.annotations.NullMarked;
