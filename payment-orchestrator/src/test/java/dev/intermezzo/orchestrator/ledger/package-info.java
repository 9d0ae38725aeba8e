@NullMarked
package dev.intermezzo.orchestrator.ledger;

import org.jspecify.annotations.NullMarked;
