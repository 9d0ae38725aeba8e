@NullMarked
package dev.intermezzo.simulator.check;

import org.jspecify.annotations.NullMarked;
