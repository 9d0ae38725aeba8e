/**
 * {@code intermezzo chaos}: a whole installation of separate processes under load, whose processes are killed and held still
 * all the time, and whose every payment is then compared with the truth.
 */
@NullMarked
package dev.intermezzo.cli.chaos;

import org.jspecify.annotations.NullMarked;
