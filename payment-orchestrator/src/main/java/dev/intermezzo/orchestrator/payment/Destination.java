package dev.intermezzo.orchestrator.payment;

/**
 * A merchant's named destination, as it was when a pay-out to it was asked for. Who that is the state machine never sees.
 *
 * @param name unique within the merchant
 * @param revision changes with every edit: a pay-out goes to what was approved, or nowhere
 */
public record Destination(String name, String revision) {}
