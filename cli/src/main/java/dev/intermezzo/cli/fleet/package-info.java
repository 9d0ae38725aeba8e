/**
 * A whole installation of separate processes on one machine, for what a single process cannot prove: three brokers, and each
 * stage as often as wanted.
 */
@NullMarked
package dev.intermezzo.cli.fleet;

import org.jspecify.annotations.NullMarked;
