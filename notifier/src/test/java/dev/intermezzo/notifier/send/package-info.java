/** Tests of the sender. */
@NullMarked
package dev.intermezzo.notifier.send;

import org.jspecify.annotations.NullMarked;
