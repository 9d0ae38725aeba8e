package dev.intermezzo.cli.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks again until something is so, or its time is over. */
final class Patience {
    private static final Duration LOOK = Duration.ofMillis(250);

    private Patience() {}

    /** Whether it came to be so. */
    static boolean until(Duration atMost, BooleanSupplier so) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }
}
