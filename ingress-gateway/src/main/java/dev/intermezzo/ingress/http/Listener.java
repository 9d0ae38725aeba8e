package dev.intermezzo.ingress.http;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * Where one of this module's HTTP servers listens, and its bounds. What all of them have in common is said here once.
 *
 * @param port 0: any free one
 * @param mostHeaderBytes of one request
 * @param idle after which a connection on which nothing moves is closed; a request that is being served moves nothing
 * @param mostConnections at once; further ones wait to be accepted
 * @param stop how long requests that are being served may take when the server stops
 */
public record Listener(String host, int port, int mostHeaderBytes, Duration idle, int mostConnections, Duration stop) {

    /** In a flood buyers connect faster than two cores accept; the usual 50 would leave them without any answer. */
    private static final int MOST_UNACCEPTED = 4_096;

    /** Sets up everything but routes. */
    public void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        // Small answers, and secrets beside what an attacker might choose: not worth the risk.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.modifyServer(jetty -> {
            jetty.setHandler(new GracefulHandler());
            jetty.setStopTimeout(stop.toMillis());
            jetty.addBean(new NetworkConnectionLimit(mostConnections, jetty));
        });
        config.jetty.addConnector(this::connector);
    }

    private ServerConnector connector(Server jetty, HttpConfiguration http) {
        HttpConfiguration bounded = new HttpConfiguration(http);
        bounded.setRequestHeaderSize(mostHeaderBytes);
        bounded.setSendServerVersion(false);
        bounded.setSendXPoweredBy(false);
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(bounded));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(idle.toMillis());
        connector.setAcceptQueueSize(MOST_UNACCEPTED);
        return connector;
    }
}
