/** {@code intermezzo accounts}: the webhook addresses of Cashier accounts. */
@NullMarked
package dev.intermezzo.cli.accounts;

import org.jspecify.annotations.NullMarked;
