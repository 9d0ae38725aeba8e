/** What people decide about payments, as acts on {@code operator-acts}: written, waited for by a second person, and ruled on. */
@NullMarked
package dev.intermezzo.cli.acts;

import org.jspecify.annotations.NullMarked;
