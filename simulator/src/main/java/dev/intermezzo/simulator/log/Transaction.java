package dev.intermezzo.simulator.log;

import java.util.LinkedHashSet;
import java.util.Set;

/** A producer's open transaction, or how it ended. */
public final class Transaction {
    private enum Status {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private final Set<Partition> touched = new LinkedHashSet<>();
    private Status status = Status.OPEN;

    Transaction() {}

    boolean open() {
        return status == Status.OPEN;
    }

    boolean committed() {
        return status == Status.COMMITTED;
    }

    Set<Partition> touched() {
        return touched;
    }

    void end(boolean commit) {
        status = commit ? Status.COMMITTED : Status.ABORTED;
    }
}
