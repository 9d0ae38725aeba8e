package dev.intermezzo.cli.demo;

import dev.intermezzo.sandbox.load.Progress;
import java.io.PrintWriter;

/** One line on a terminal, drawn anew; on anything else a line every tenth. Called from several threads. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 40;
    private static final int REPORTS = 10;

    private final PrintWriter err;
    private final boolean terminal;
    private int drawn = -1;

    ProgressBar(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public synchronized void update(int begun, int arrived, int settled, int payments) {
        // Buyers are counted first; once all have arrived, outcomes are.
        int steps = terminal ? WIDTH : REPORTS;
        int done = Math.max(arrived, settled);
        int step = (int) ((long) done * steps / payments) + (settled > 0 ? steps + 1 : 0);
        if (step <= drawn) {
            // Two threads may count in one order and tell in the other.
            return;
        }
        drawn = step;
        String counts = settled > 0
                ? "%d of %d outcomes at the shop".formatted(settled, payments)
                : "%d of %d buyers begun, %d back".formatted(begun, payments, arrived);
        if (terminal) {
            int filled = (int) ((long) done * WIDTH / payments);
            err.print("\r[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + counts + "   ");
        } else {
            err.println(counts);
        }
        err.flush();
    }

    /** Leaves the line. */
    synchronized void done() {
        if (terminal) {
            err.println();
            err.flush();
        }
    }
}
