package dev.intermezzo.notifier.send;

import java.time.Duration;

/** Whether a POST to a host may be made now. */
sealed interface Admission {

    /** It may; the gate is told how it went by {@link HostGate#leave}. */
    record Admitted(String host, boolean trial) implements Admission {}

    /** Not now; nothing was attempted. */
    record ComeBack(Duration after) implements Admission {}
}
