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

/** An HTTP server on the loopback address that can also hang and drop connections, as real partners do. */
public final class LoopbackServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    /** Larger than any request of these protocols, small enough to be harmless. */
    private static final long MOST_REQUEST_BYTES = 256 * 1024L;

    private final Javalin javalin;
    private final CountDownLatch stopping;

    private LoopbackServer(Javalin javalin, CountDownLatch stopping) {
        this.javalin = javalin;
        this.stopping = stopping;
    }

    /**
     * Starts a server.
     *
     * @param port the port to listen on; 0 for a free one
     * @param routes adds the routes; it receives the latch-aware {@link Mischief} to misbehave with
     */
    public static LoopbackServer start(int port, Consumer<Routes> routes) {
        CountDownLatch stopping = new CountDownLatch(1);
        Mischief mischief = new Mischief(stopping);
        Javalin javalin = Javalin.create(config -> {
            config.concurrency.useVirtualThreads = true;
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = MOST_REQUEST_BYTES;
            config.jetty.host = HOST;
            routes.accept(new Routes(config.routes, mischief));
        });
        javalin.start(HOST, port);
        return new LoopbackServer(javalin, stopping);
    }

    /** Its address, {@code http://127.0.0.1:<port>}, without a slash at the end. */
    public URI base() {
        return URI.create("http://" + HOST + ":" + javalin.port());
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
