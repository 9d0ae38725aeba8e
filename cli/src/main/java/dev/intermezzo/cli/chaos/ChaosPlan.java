package dev.intermezzo.cli.chaos;

import dev.intermezzo.cli.fleet.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What strikes whom and when, fixed by the seed beforehand. The first acts, in drawn order, kill, hold still and restart
 * every kind of process once, and kill cashiers more than once; the rest is drawn. Who strikes may be late, or prefer another process of the kind that serves: two brokers at
 * once are never struck, because three of them promise to bear the loss of one.
 *
 * @param acts by time
 */
record ChaosPlan(long seed, List<Act> acts) {
    /** The cashier's calls move money, and few are open at any moment: one kill would often come too late to land in one. */
    static final int CASHIER_KILLS = 3;

    /** Killed, held and restarted, each kind once and the cashier a little more. */
    static final int WHOLE = Kind.values().length * 3 + CASHIER_KILLS - 1;

    private static final List<Kind> KINDS = List.of(Kind.values());

    private static final long LONGEST_AWAY_MS = 8_000;

    /** Sessions of stages end after 3 s, those of brokers after 9 s: some holds are shorter and some longer than either. */
    private static final long SHORTEST_HOLD_MS = 2_000;

    private static final long LONGEST_HOLD_MS = 12_000;

    private static final long LONGEST_USUAL_PAUSE_MS = 15_000;

    /** So many more acts would fit into a load on average: drawn pauses that are all a little long leave none of the first out. */
    private static final int SPARE = 8;

    /** One act in so many of the others is half a second after the one before it, so that troubles meet. */
    private static final int MEETING = 6;

    private static final long MEETS_AFTER_MS = 500;

    /**
     * One blow.
     *
     * @param at after the load began
     * @param number of the process among those of its kind, from 0; taken modulo how many there are
     */
    record Act(Duration at, Kind kind, int number, Blow blow) {}

    ChaosPlan {
        acts = List.copyOf(acts);
    }

    /** Time from one act to the next, on average, that strikes each kind three times in a short load and often in a long one. */
    static Duration usualPause(Duration load) {
        return Duration.ofMillis(Math.clamp(load.toMillis() / (WHOLE + SPARE), 2_000, LONGEST_USUAL_PAUSE_MS));
    }

    /**
     * Draws a plan; the same arguments always give the same one.
     *
     * @param load how long buyers come
     * @param usual time from one act to the next, on average
     */
    static ChaosPlan of(long seed, Duration load, Duration usual) {
        Random random = new Random(seed);
        List<Act> firsts = firsts(random);
        long pause = usual.toMillis();
        List<Act> acts = new ArrayList<>();
        long at = pause;
        for (int index = 0; at < load.toMillis(); index++) {
            Act act = index < firsts.size() ? firsts.get(index) : drawn(random);
            acts.add(new Act(Duration.ofMillis(at), act.kind(), act.number(), act.blow()));
            boolean meets = index >= firsts.size() && random.nextInt(MEETING) == 0;
            at += meets ? MEETS_AFTER_MS : pause / 2 + random.nextLong(pause);
        }
        return new ChaosPlan(seed, acts);
    }

    private static List<Act> firsts(Random random) {
        List<Act> firsts = new ArrayList<>();
        for (Kind kind : KINDS) {
            firsts.add(new Act(Duration.ZERO, kind, random.nextInt(6), kill(random)));
            firsts.add(new Act(Duration.ZERO, kind, random.nextInt(6), hold(random)));
            firsts.add(new Act(Duration.ZERO, kind, random.nextInt(6), restart(random)));
        }
        for (int more = 1; more < CASHIER_KILLS; more++) {
            firsts.add(new Act(Duration.ZERO, Kind.CASHIER, random.nextInt(6), kill(random)));
        }
        Collections.shuffle(firsts, random);
        return firsts;
    }

    private static Act drawn(Random random) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        Blow blow = switch (random.nextInt(4)) {
            case 0 -> hold(random);
            case 1 -> restart(random);
            default -> kill(random);
        };
        return new Act(Duration.ZERO, kind, random.nextInt(6), blow);
    }

    private static Blow restart(Random random) {
        return new Blow.Restart(Duration.ofMillis(random.nextLong(LONGEST_AWAY_MS)));
    }

    private static Blow kill(Random random) {
        return new Blow.Kill(Duration.ofMillis(random.nextLong(LONGEST_AWAY_MS)));
    }

    private static Blow hold(Random random) {
        return new Blow.Hold(Duration.ofMillis(SHORTEST_HOLD_MS + random.nextLong(LONGEST_HOLD_MS - SHORTEST_HOLD_MS)));
    }
}
