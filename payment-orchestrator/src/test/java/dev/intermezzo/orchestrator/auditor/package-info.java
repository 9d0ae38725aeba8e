@NullMarked
package dev.intermezzo.orchestrator.auditor;

import org.jspecify.annotations.NullMarked;
