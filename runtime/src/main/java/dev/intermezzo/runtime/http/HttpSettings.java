package dev.intermezzo.runtime.http;

import java.time.Duration;

/**
 * Bounds of the HTTP client.
 *
 * @param connect for one connection, TLS handshake included
 * @param lookup for resolving a name
 * @param maxConnections open at once
 * @param maxPerHost open at once to one host
 */
public record HttpSettings(Duration connect, Duration lookup, int maxConnections, int maxPerHost) {

    /** 5 s to connect, 3 s to resolve, 1,000 connections, 200 per host. */
    public static HttpSettings defaults() {
        return new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(3), 1_000, 200);
    }
}
