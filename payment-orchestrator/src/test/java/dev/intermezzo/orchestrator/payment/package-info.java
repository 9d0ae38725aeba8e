/** Examples and properties of the state machine. */
@NullMarked
package dev.intermezzo.orchestrator.payment;

import org.jspecify.annotations.NullMarked;
