/** What can be done on a payment's page: look, wait, fill in, try again, go back. */
@NullMarked
package dev.intermezzo.ingress.pay;

import org.jspecify.annotations.NullMarked;
