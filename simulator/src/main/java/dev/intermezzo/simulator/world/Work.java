package dev.intermezzo.simulator.world;

import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.function.BooleanSupplier;

/** One command in an executor's hands. When its process dies, nothing more is done about it there. */
final class Work {
    /** How many of a thousand sends without an answer have written their record all the same. */
    private static final int LANDED_PERMILLE = 500;

    private final BooleanSupplier alive;
    private final Runnable done;
    private final Runnable die;
    private final String site;

    Work(BooleanSupplier alive, Runnable done, Runnable die, String site) {
        this.alive = alive;
        this.done = done;
        this.die = die;
        this.site = site;
    }

    /** Where faults strike it. */
    String site() {
        return site;
    }

    /** Goes on, unless the process is gone. */
    void run(Runnable step) {
        if (alive.getAsBoolean()) {
            step.run();
        }
    }

    /** Kills the process when this fault strikes here. */
    boolean diesBy(World world, FaultKind crash) {
        if (world.chance().strikes(crash, site)) {
            die.run();
            return true;
        }
        return false;
    }

    /**
     * Sends its report, as sends go, and is done with the command: the answer may be lost, with or without the record, and the
     * process begins anew then where it had committed; the record may be written twice; the process may die before it commits.
     *
     * @param place where the send is drawn
     */
    void report(World world, String place, Runnable send) {
        boolean unanswered = world.chance().strikes(FaultKind.SEND_UNANSWERED, place);
        if (!unanswered || world.chance().permille(LANDED_PERMILLE, place)) {
            send.run();
        }
        if (unanswered) {
            die.run();
            return;
        }
        if (world.chance().strikes(FaultKind.SEND_REPEATED, place)) {
            send.run();
        }
        if (!diesBy(world, FaultKind.CRASH_AFTER_REPORT)) {
            run(this::finish);
        }
    }

    /** The command's place may be committed. */
    void finish() {
        done.run();
    }
}
