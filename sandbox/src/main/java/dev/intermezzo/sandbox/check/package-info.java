/** The judge: compares what the simulators saw with what the plan says, payment by payment. */
@NullMarked
package dev.intermezzo.sandbox.check;

import org.jspecify.annotations.NullMarked;
