package dev.intermezzo.orchestrator.payment;

/** A non-secret setting of a route, by name. */
public record Setting(String name, String value) {}
