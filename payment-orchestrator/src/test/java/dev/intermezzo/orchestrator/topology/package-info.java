@NullMarked
package dev.intermezzo.orchestrator.topology;

import org.jspecify.annotations.NullMarked;
