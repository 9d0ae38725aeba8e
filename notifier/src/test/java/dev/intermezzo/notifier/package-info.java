/** Tests of the notifier as a whole. */
@NullMarked
package dev.intermezzo.notifier;

import org.jspecify.annotations.NullMarked;
