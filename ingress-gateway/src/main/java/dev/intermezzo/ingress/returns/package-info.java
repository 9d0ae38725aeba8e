/** Where providers send the buyer back to: found by cookie, because the address is the same for everybody. */
@NullMarked
package dev.intermezzo.ingress.returns;

import org.jspecify.annotations.NullMarked;
