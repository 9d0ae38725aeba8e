/** The independent checker: compares what truly happened with what was told, written and moved. */
@NullMarked
package dev.intermezzo.simulator.check;

import org.jspecify.annotations.NullMarked;
