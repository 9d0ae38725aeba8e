/** Virtual time, and everything that chance decides: the only two things that move a simulation. */
@NullMarked
package dev.intermezzo.simulator.kernel;

import org.jspecify.annotations.NullMarked;
