@NullMarked
package dev.intermezzo.orchestrator.cashier;

import org.jspecify.annotations.NullMarked;
