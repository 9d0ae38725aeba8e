/** {@code intermezzo notifications}: messages that no shop took, and trying them again. */
@NullMarked
package dev.intermezzo.cli.notifications;

import org.jspecify.annotations.NullMarked;
