package dev.intermezzo.simulator.world;

import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.function.BooleanSupplier;

/** One command in an executor's hands. When its process dies, nothing more is done about it there. */
final class Work {
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

    /** A report could not be sent: the process begins anew where it had committed. */
    void giveUp() {
        die.run();
    }

    /** The command's place may be committed. */
    void finish() {
        done.run();
    }
}
