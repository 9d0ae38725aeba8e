package dev.intermezzo.orchestrator.payment;

/** What to tell the shop when the provider never says a word. */
public enum NoWordPolicy {
    FAILED,
    NOTHING
}
