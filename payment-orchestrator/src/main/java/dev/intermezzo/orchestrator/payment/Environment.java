package dev.intermezzo.orchestrator.payment;

/** Immutable property of a Cashier account; carried by every event, command and state. */
public enum Environment {
    SANDBOX,
    PRODUCTION
}
