package dev.intermezzo.ingress.http;

import java.util.concurrent.Semaphore;

/**
 * A bound on requests served at once, shared by the handlers it is put around. Beyond it the answer is 503 at once: a queue
 * would only make everybody late.
 */
public final class Bound {

    private final Semaphore places;

    public Bound(int most) {
        this.places = new Semaphore(most);
    }

    /** The handler within this bound. */
    public EdgeHandler around(EdgeHandler next) {
        return request -> {
            if (!places.tryAcquire()) {
                return new Reply.Refused(Refusal.later("busy"));
            }
            try {
                return next.handle(request);
            } finally {
                places.release();
            }
        };
    }
}
