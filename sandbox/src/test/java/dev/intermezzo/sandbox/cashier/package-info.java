/** Tests. */
@NullMarked
package dev.intermezzo.sandbox.cashier;

import org.jspecify.annotations.NullMarked;
