/**
 * How a stage starts, says that it is ready, and stops.
 */
@NullMarked
package dev.intermezzo.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
