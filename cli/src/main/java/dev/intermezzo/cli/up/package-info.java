/** Everything in one process: the stages, the embedded broker and the simulated partners, bound to loopback. */
@NullMarked
package dev.intermezzo.cli.up;

import org.jspecify.annotations.NullMarked;
