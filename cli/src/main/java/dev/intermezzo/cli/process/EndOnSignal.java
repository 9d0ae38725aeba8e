package dev.intermezzo.cli.process;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that owns processes end them when a signal (SIGTERM, Ctrl-C) ends itself: its thread is interrupted, closes
 * what it opened, and only then does the virtual machine end.
 */
public final class EndOnSignal {
    /** Longer than ending every process takes. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread command = Thread.currentThread();
    private final Thread hook = new Thread(this::end, "end");

    private EndOnSignal() {}

    /** What a command does with processes of its own; it closes them when it is interrupted. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    /**
     * Does the work; a signal meanwhile interrupts it.
     *
     * @throws CommandFailure {@code interrupted} after a signal
     */
    public static <T> T during(Work<T> work) {
        EndOnSignal end = new EndOnSignal();
        Runtime.getRuntime().addShutdownHook(end.hook);
        try {
            return work.run();
        } catch (InterruptedException e) {
            throw new CommandFailure("interrupted", "Stopped; every process that was started has been ended.", e);
        } finally {
            end.over();
        }
    }

    /** Everything is closed: the process may end. */
    private void over() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came: the hook is waiting for this very moment.
        }
    }

    private void end() {
        command.interrupt();
        try {
            if (!ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCodes.CANNOT_RUN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
