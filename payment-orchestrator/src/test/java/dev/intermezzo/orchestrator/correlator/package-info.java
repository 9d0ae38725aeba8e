@NullMarked
package dev.intermezzo.orchestrator.correlator;

import org.jspecify.annotations.NullMarked;
