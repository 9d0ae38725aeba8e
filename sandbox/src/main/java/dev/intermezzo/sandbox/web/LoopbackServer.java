package dev.intermezzo.sandbox.web;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * An HTTP server, on the loopback address unless it is told otherwise, that can also hang and drop connections, as real
 * partners do.
 */
public final class LoopbackServer implements AutoCloseable {

    /** Larger than any request of these protocols, small enough to be harmless. */
    private static final long MOST_REQUEST_BYTES = 256 * 1024L;

    private final Listening listening;
    private final Javalin javalin;
    private final CountDownLatch stopping;

    private LoopbackServer(Listening listening, Javalin javalin, CountDownLatch stopping) {
        this.listening = listening;
        this.javalin = javalin;
        this.stopping = stopping;
    }

    /** Starts a server on the loopback address; 0 for a free port. */
    public static LoopbackServer start(int port, Consumer<Routes> routes) {
        return start(Listening.onLoopback(port), routes);
    }

    /**
     * Starts a server.
     *
     * @param listening where
     * @param routes adds the routes; it receives the latch-aware {@link Mischief} to misbehave with
     */
    public static LoopbackServer start(Listening listening, Consumer<Routes> routes) {
        CountDownLatch stopping = new CountDownLatch(1);
        Mischief mischief = new Mischief(stopping);
        Javalin javalin = Javalin.create(config -> {
            config.concurrency.useVirtualThreads = true;
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = MOST_REQUEST_BYTES;
            config.jetty.host = listening.host();
            routes.accept(new Routes(config.routes, mischief));
        });
        javalin.start(listening.host(), listening.port());
        return new LoopbackServer(listening, javalin, stopping);
    }

    /** Its address for others, {@code http://127.0.0.1:<port>} on loopback, without a slash at the end. */
    public URI base() {
        URI named = listening.base();
        return named == null ? URI.create("http://" + listening.host() + ":" + javalin.port()) : named;
    }

    /** Releases whatever hangs and stops. */
    @Override
    public void close() {
        stopping.countDown();
        javalin.stop();
    }

    /** The routes to fill and the means to misbehave. */
    public record Routes(RoutesConfig config, Mischief mischief) {}

    /** The ways in which a partner fails without saying so. */
    public static final class Mischief {

        private final CountDownLatch stopping;

        private Mischief(CountDownLatch stopping) {
            this.stopping = stopping;
        }

        /** Holds the caller for this long, or until the server stops. */
        public void hold(Duration time) {
            try {
                boolean stopped = stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
                if (stopped) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Closes the connection without an answer: the caller cannot know what became of the request. */
        public void drop(Context context) {
            ServletContextRequest.getServletContextRequest(context.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        }
    }
}
