package dev.intermezzo.notifier.send;

import java.time.Duration;

/**
 * How much of a sender one host may take.
 *
 * @param atOnce POSTs to one host at the same time; many shops share Mozello's own host
 * @param failuresToOpen failures in a row after which a host is left alone
 * @param firstPause for how long, the first time; doubles with each trial that fails
 * @param longestPause and at most
 * @param fullWait how soon to come back when a host has all the POSTs it may have
 */
public record HostLimits(
        int atOnce, int failuresToOpen, Duration firstPause, Duration longestPause, Duration fullWait) {

    /** Hosts remembered at once; beyond it the one unused for longest is forgotten. They come from merchants' lists. */
    static final int MOST_HOSTS = 10_000;

    /** Thirty-two at once; after ten failures in a row a pause of five seconds to five minutes. */
    public static HostLimits defaults() {
        return new HostLimits(32, 10, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(3));
    }

    /** The same with another number of POSTs at once. */
    public HostLimits withAtOnce(int bound) {
        return new HostLimits(bound, failuresToOpen, firstPause, longestPause, fullWait);
    }
}
