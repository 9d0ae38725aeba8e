/**
 * One process for each stage: {@code ingress}, {@code orchestrator}, {@code cashier}, {@code shop}, {@code notifier},
 * {@code auditor}, {@code merchant-api}.
 */
@NullMarked
package dev.intermezzo.cli.stage;

import org.jspecify.annotations.NullMarked;
