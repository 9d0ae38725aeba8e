package dev.intermezzo.cli.demo;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Waits until the virtual machine has compiled what a warm-up made hot; until then it competes with what is measured. */
final class CompilerQuiet {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(30);
    /** Compiling less than this share of the time is quiet. */
    private static final double QUIET_SHARE = 0.1;

    private CompilerQuiet() {}

    static void await() throws InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        if (compiler == null || !compiler.isCompilationTimeMonitoringSupported()) {
            return;
        }
        long deadline = System.nanoTime() + MOST.toNanos();
        long before = compiler.getTotalCompilationTime();
        double share;
        do {
            Thread.sleep(LOOK_AGAIN);
            long now = compiler.getTotalCompilationTime();
            share = (now - before) / (double) LOOK_AGAIN.toMillis();
            before = now;
        } while (share > QUIET_SHARE && System.nanoTime() < deadline);
    }
}
