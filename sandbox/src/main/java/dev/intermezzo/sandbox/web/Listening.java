package dev.intermezzo.sandbox.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a simulator listens and how others reach it.
 *
 * @param host address to bind
 * @param port port to bind; 0 for a free one
 * @param base its address for everybody else, without a slash at the end; null where it is the bound one
 */
public record Listening(String host, int port, @Nullable URI base) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";

    /** On the loopback address, which is also how it is reached. */
    public static Listening onLoopback(int port) {
        return new Listening(LOOPBACK, port, null);
    }

    /** On every address of a container, which others reach under a name of the containers' network. */
    public static Listening inContainer(URI base) {
        if (base.getHost() == null || base.getPort() < 1 || !base.getPath().isEmpty()) {
            throw new IllegalArgumentException("an address with host and port and without a path, not " + base);
        }
        return new Listening(EVERYWHERE, base.getPort(), base);
    }
}
