package dev.intermezzo.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two executors of once-commands in one group, and now and then the same again under another group's name, beginning at the
 * first command: what a restored or renamed group does. The old ones go on meanwhile.
 */
final class OnceExecutors {
    /** A second group is an accident, not a habit. */
    private static final int MOST_GROUPS = 4;

    private static final Duration OLD_GROUP_ENDS = Duration.ofMinutes(3);

    private final World world;
    private final Cashier cashier;
    private final FirstAnswers answers;
    private final List<OnceGroup> groups = new ArrayList<>();

    OnceExecutors(World world, Cashier cashier, FirstAnswers answers) {
        this.world = world;
        this.cashier = cashier;
        this.answers = answers;
    }

    void start() {
        begin();
    }

    Cashier cashier() {
        return cashier;
    }

    /** Somebody starts the stage with another group name; whoever runs it under the old one notices later. */
    void rename() {
        if (groups.size() < MOST_GROUPS) {
            OnceGroup old = groups.getLast();
            begin();
            world.agenda().after(world.chance().between(Duration.ZERO, OLD_GROUP_ENDS, "old-group"), old::end);
        }
    }

    FirstAnswers answers() {
        return answers;
    }

    private void begin() {
        OnceGroup group = new OnceGroup(world, this, "once-" + groups.size());
        groups.add(group);
        group.start();
    }
}
