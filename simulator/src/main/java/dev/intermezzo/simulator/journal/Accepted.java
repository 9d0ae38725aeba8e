package dev.intermezzo.simulator.journal;

import java.time.Instant;

/** A fact that was taken: the edge answered "accepted", or a person was told that the act counts. */
public record Accepted(String id, String what, Instant at) {}
