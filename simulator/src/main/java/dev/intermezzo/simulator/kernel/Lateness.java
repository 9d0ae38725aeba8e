package dev.intermezzo.simulator.kernel;

import java.time.Duration;
import java.util.List;

/** How late something is that is late: mostly a little, sometimes very. */
public final class Lateness {
    private static final List<Duration> SCALES = List.of(
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(40),
            Duration.ofMinutes(4),
            Duration.ofMinutes(10));

    private Lateness() {}

    /** Up to ten minutes. */
    public static Duration draw(Chance chance, String place) {
        Duration most = SCALES.get(chance.below(SCALES.size(), "scale/" + place));
        return chance.between(Duration.ofMillis(1), most, "late/" + place);
    }
}
