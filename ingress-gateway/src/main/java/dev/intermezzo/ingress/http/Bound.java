package dev.intermezzo.ingress.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on requests served at once, shared by the handlers it is put around. Beyond it the answer comes at once: a queue
 * would only make everybody late.
 */
public final class Bound {

    private final int most;
    private final Semaphore places;
    private final AtomicLong turnedAway = new AtomicLong();

    public Bound(int most) {
        this.most = most;
        this.places = new Semaphore(most);
    }

    /** The handler within this bound; 503 beyond it. */
    public EdgeHandler around(EdgeHandler next) {
        return around(next, request -> new Reply.Refused(Refusal.later("busy")));
    }

    /** The handler within this bound, the other one beyond it. */
    public EdgeHandler around(EdgeHandler next, EdgeHandler otherwise) {
        return request -> {
            if (!places.tryAcquire()) {
                turnedAway.incrementAndGet();
                return otherwise.handle(request);
            }
            try {
                return next.handle(request);
            } finally {
                places.release();
            }
        };
    }

    /** Requests that are being served; never more than the bound. */
    public int taken() {
        return most - places.availablePermits();
    }

    /** Requests for which there was no place so far. */
    public long turnedAway() {
        return turnedAway.get();
    }
}
