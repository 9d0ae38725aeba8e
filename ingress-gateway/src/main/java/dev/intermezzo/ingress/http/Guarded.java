package dev.intermezzo.ingress.http;

/**
 * A handler with a bound, and what answers in its stead when there is no place.
 *
 * @param turnAway does without the pipeline and quickly; what it needs of the request is bounded by its own bound
 */
public record Guarded(EdgeHandler serve, EdgeHandler turnAway) {}
