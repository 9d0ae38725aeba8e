package dev.intermezzo.simulator.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Everything that is drawn, from one seed. Each draw belongs to a place (what is being done, for the how-manieth time) and
 * depends on nothing but the seed and that place. So one payment's luck does not change when another is left out.
 */
public final class Chance {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int PERMILLE = 1000;

    private final long seed;
    private final Set<FaultKind> enabled;
    private final Predicate<Fault> allowed;
    private final Map<String, Integer> asked = new HashMap<>();
    private final EnumMap<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    private final List<Fault> struck = new ArrayList<>();

    /**
     * @param enabled kinds of fault that may strike
     * @param allowed further narrows which of the drawn faults really strike
     */
    public Chance(long seed, Set<FaultKind> enabled, Predicate<Fault> allowed) {
        this.seed = seed;
        this.enabled = enabled.isEmpty() ? EnumSet.noneOf(FaultKind.class) : EnumSet.copyOf(enabled);
        this.allowed = allowed;
    }

    /** A source for draws at a place; the next call for the same place gives another. */
    public SplittableRandom at(String place) {
        int number = asked.merge(place, 1, Integer::sum);
        return new SplittableRandom(seed ^ hash(place + '@' + number));
    }

    /** True so often, in a thousand, at a place. */
    public boolean permille(int share, String place) {
        return at(place).nextInt(PERMILLE) < share;
    }

    /** A number from 0, below the bound. */
    public int below(int bound, String place) {
        return at(place).nextInt(bound);
    }

    /** A time between the two, inclusive of the first. */
    public Duration between(Duration least, Duration most, String place) {
        return least.plus(Duration.ofNanos(at(place).nextLong(most.minus(least).toNanos())));
    }

    /** True when this fault strikes here and now; it is counted. */
    public boolean strikes(FaultKind kind, String place) {
        String site = place + '@' + asked.merge(kind.name() + '/' + place, 1, Integer::sum);
        if (!enabled.contains(kind)
                || new SplittableRandom(seed ^ hash(kind.name() + '/' + site)).nextInt(PERMILLE) >= kind.permille()) {
            return false;
        }
        Fault fault = new Fault(kind, site);
        if (!allowed.test(fault)) {
            return false;
        }
        counts.merge(kind, 1, Integer::sum);
        struck.add(fault);
        return true;
    }

    /** How often each kind struck; those that did not are left out. */
    public Map<FaultKind, Integer> counts() {
        return new EnumMap<>(counts);
    }

    /** What struck, in order. */
    public List<Fault> struck() {
        return List.copyOf(struck);
    }

    /** FNV-1a, with a finisher: neighbouring places must not get neighbouring seeds. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
