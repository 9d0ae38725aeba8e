/** {@code intermezzo rebuild}: the orchestrator's stores, put back from the ledger. */
@NullMarked
package dev.intermezzo.cli.rebuild;

import org.jspecify.annotations.NullMarked;
