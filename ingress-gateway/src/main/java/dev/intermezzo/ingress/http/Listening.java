package dev.intermezzo.ingress.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a role that serves HTTP: it listens once it knows what it needs, so that nobody who reaches it is refused for
 * its own start; and at its end it first says so, then finishes what is being served.
 */
public final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    private static final long LOOK_MILLIS = 10;

    private final String role;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Object change = new Object();
    private volatile State state = State.NEW;

    private enum State {
        NEW,
        STARTING,
        LISTENING,
        FAILED,
        ENDED
    }

    /** @param role in sentences: "edge" */
    public Listening(String role) {
        this.role = role;
    }

    /** @throws IllegalStateException when it was called before */
    public void begin() {
        synchronized (change) {
            if (state != State.NEW) {
                throw new IllegalStateException("the " + role + " was started before");
            }
            state = State.STARTING;
        }
    }

    /**
     * Returns at once. On a thread of its own it prepares, waits, and listens unless the end came first.
     *
     * @param prepare what takes a while and is done once
     * @param followed whether everything is known
     * @param listen starts the server
     */
    public void listenWhen(Runnable prepare, BooleanSupplier followed, Runnable listen) {
        Thread.ofVirtual().name(role.replace(' ', '-') + "-start").start(() -> come(prepare, followed, listen));
    }

    private void come(Runnable prepare, BooleanSupplier followed, Runnable listen) {
        try {
            prepare.run();
            while (!followed.getAsBoolean()) {
                if (ending.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            synchronized (change) {
                if (state == State.STARTING) {
                    listen.run();
                    state = State.LISTENING;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("role", role).setCause(e).log("it could not start");
            fail();
        }
    }

    private void fail() {
        synchronized (change) {
            state = state == State.ENDED ? State.ENDED : State.FAILED;
        }
    }

    public boolean isListening() {
        return state == State.LISTENING;
    }

    public boolean hasFailed() {
        return state == State.FAILED;
    }

    /** @param missing what is not known yet, asked while it starts */
    public String notListeningBecause(Supplier<String> missing) {
        return switch (state) {
            case LISTENING -> "";
            case NEW -> "The " + role + " was not started.";
            case STARTING -> missing.get();
            case FAILED -> "The " + role + " could not start; its log says why.";
            case ENDED -> "The " + role + " is stopping.";
        };
    }

    /**
     * From now on {@link #isListening} says no. If it listened, those who send requests get time to notice, and then what is
     * being served is finished.
     *
     * @param notice time for those who ask whether it is ready
     * @param finish takes no request any more and waits for those that are being served
     * @return false when the end had come before
     */
    public boolean end(Duration notice, Runnable finish) {
        boolean listened;
        synchronized (change) {
            if (state == State.ENDED) {
                return false;
            }
            listened = state == State.LISTENING;
            state = State.ENDED;
        }
        ending.countDown();
        if (listened) {
            await(notice);
            finish.run();
        }
        return true;
    }

    private static void await(Duration notice) {
        try {
            Thread.sleep(notice);
        } catch (InterruptedException e) {
            // Whoever stops us has no time left.
            Thread.currentThread().interrupt();
        }
    }
}
