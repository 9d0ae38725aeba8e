@NullMarked
package dev.intermezzo.orchestrator.streams;

import org.jspecify.annotations.NullMarked;
