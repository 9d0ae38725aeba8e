package dev.intermezzo.cli.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Buyers who come at a steady pace, each at their own time, however long those before them take. */
final class OpenLoop {
    private final int perSecond;
    private final int count;
    private final CountDownLatch gone;

    /**
     * @param perSecond buyers
     * @param count of buyers in all
     */
    OpenLoop(int perSecond, int count) {
        this.perSecond = perSecond;
        this.count = count;
        this.gone = new CountDownLatch(count);
    }

    /** Lets them come and returns when the last one has. */
    void come(Runnable visit) {
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begun + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Thread.ofVirtual().start(() -> {
                try {
                    visit.run();
                } finally {
                    gone.countDown();
                }
            });
        }
    }

    /** Waits until all are gone, so long at most; tells how many are not. */
    long awaitGone(Duration atMost) throws InterruptedException {
        return gone.await(atMost.toSeconds(), TimeUnit.SECONDS) ? 0 : gone.getCount();
    }
}
