/** The signed checkout form: judged, planned, sealed, published, answered with the way to pay. */
@NullMarked
package dev.intermezzo.ingress.checkout;

import org.jspecify.annotations.NullMarked;
