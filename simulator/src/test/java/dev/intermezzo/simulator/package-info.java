@NullMarked
package dev.intermezzo.simulator;

import org.jspecify.annotations.NullMarked;
