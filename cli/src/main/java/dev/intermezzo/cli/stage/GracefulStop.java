package dev.intermezzo.cli.stage;

import dev.intermezzo.cli.output.ExitCodes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns a signal that ends the process (SIGTERM, Ctrl-C) into an orderly stop with exit code 0. The virtual machine ends
 * when its shutdown hooks have returned, so the hook waits until the command has closed what it runs. Left to itself it
 * would then exit with 128 and the signal's number, which a supervisor takes for a failure.
 */
public final class GracefulStop implements AutoCloseable {
    /** Longer than any stage takes to close; what hangs after that is ended with the signal's exit code. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");

    private GracefulStop() {}

    /** From now on a signal only asks; {@link #close()} then lets the process end. */
    public static GracefulStop onSignal() {
        GracefulStop stop = new GracefulStop();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Waits until a signal asks for the stop. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** @return whether a signal asked for the stop within this time */
    public boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Everything is closed: the process may end. */
    @Override
    public void close() {
        if (asked.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came at this very moment; the hook ends the process.
            }
        }
        stopped.countDown();
    }

    private void stop() {
        asked.countDown();
        try {
            if (stopped.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCodes.HOLDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
