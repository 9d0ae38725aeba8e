/** {@code intermezzo doctor}: what is wrong with an installation, told at once. */
@NullMarked
package dev.intermezzo.cli.doctor;

import org.jspecify.annotations.NullMarked;
