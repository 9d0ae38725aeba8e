package dev.intermezzo.notifier.schedule;

import java.time.Duration;

/**
 * Spreads waits, so that the orders of a shop that was down do not come back all at once. Derived from payment and
 * attempt alone: the schedule stays a pure function, and replay gives the same times.
 */
final class Jitter {

    private static final int PERMILLE = 1000;
    private static final int SPREAD_PERMILLE = 200;

    private Jitter() {}

    /** The wait ±20 %. */
    static Duration around(Duration wait, String paymentId, int attempt) {
        return scaled(wait, PERMILLE - SPREAD_PERMILLE + step(paymentId, attempt, 2 * SPREAD_PERMILLE));
    }

    /** The wait and up to 20 % more, for a time before which it makes no sense to come back. */
    static Duration after(Duration wait, String paymentId, int attempt) {
        return scaled(wait, PERMILLE + step(paymentId, attempt, SPREAD_PERMILLE));
    }

    private static Duration scaled(Duration wait, int permille) {
        return wait.multipliedBy(permille).dividedBy(PERMILLE);
    }

    /** A number from 0 to {@code most}, evenly spread over payments and attempts. */
    private static int step(String paymentId, int attempt, int most) {
        // String.hashCode is fixed by its specification; the mixing is splitmix64's finaliser.
        long mixed = ((long) paymentId.hashCode() << Integer.SIZE) ^ attempt;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 31;
        return (int) Long.remainderUnsigned(mixed, most + 1L);
    }
}
