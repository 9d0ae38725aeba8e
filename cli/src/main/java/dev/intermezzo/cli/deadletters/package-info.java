/** {@code intermezzo dead-letters}: what no stage could take, looked at and given back. */
@NullMarked
package dev.intermezzo.cli.deadletters;

import org.jspecify.annotations.NullMarked;
