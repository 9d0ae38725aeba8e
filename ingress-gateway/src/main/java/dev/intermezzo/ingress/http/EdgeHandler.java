package dev.intermezzo.ingress.http;

/** Serves one kind of request. */
@FunctionalInterface
public interface EdgeHandler {
    Reply handle(EdgeRequest request);
}
