package dev.intermezzo.fuzzing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a target with one input at a time and fails, naming the input, when the target throws, does not end, or asks for
 * memory out of proportion to the input. The bounds are generous: they are to catch endless loops and blow-ups, not to
 * measure speed.
 */
public final class Guard {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** What a target may allocate for any input, and for each byte of it besides. */
    private static final long ALLOCATED = 48L << 20;

    private static final long ALLOCATED_PER_BYTE = 1_024;

    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fuzz").factory());

    /** A guard with a thread of its own. */
    public static Guard started() {
        return new Guard();
    }

    private Guard() {}

    /**
     * Runs the target.
     *
     * @throws AssertionError when the target throws anything, takes too long or allocates too much; its message holds the
     *     input as a line of a corpus
     */
    public void run(byte[] input, Consumer<byte[]> target) {
        Future<Long> allocated = worker.submit(() -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            target.accept(input);
            return threads.getCurrentThreadAllocatedBytes() - before;
        });
        try {
            long bytes = allocated.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (bytes > ALLOCATED + ALLOCATED_PER_BYTE * input.length) {
                throw failed("allocated " + bytes + " bytes", input, null);
            }
        } catch (ExecutionException e) {
            throw failed(String.valueOf(e.getCause()), input, e.getCause());
        } catch (TimeoutException e) {
            allocated.cancel(true);
            throw failed("did not end within " + LONGEST, input, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static AssertionError failed(String what, byte[] input, @Nullable Throwable cause) {
        return new AssertionError(what + "\nThe input, as a line for the corpus:\n" + Line.of(input), cause);
    }
}
