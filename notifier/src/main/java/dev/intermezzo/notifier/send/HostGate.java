package dev.intermezzo.notifier.send;

import dev.intermezzo.notifier.send.Admission.Admitted;
import dev.intermezzo.notifier.send.Admission.ComeBack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one dead shop from slowing the others: a host may have only so many POSTs at once, and one that failed many times
 * in a row is left alone for a while. After that a single trial decides whether it is well again. In memory and per
 * sender: a fresh sender learns it anew with a few POSTs.
 */
final class HostGate {

    private static final Logger LOG = LoggerFactory.getLogger(HostGate.class);
    private static final Duration TRIAL_RUNNING = Duration.ofSeconds(3);

    private final HostLimits limits;
    private final InstantSource clock;
    private final Map<String, Host> hosts = new LinkedHashMap<>(64, 0.75f, true);

    HostGate(HostLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    synchronized Admission enter(String name) {
        Host host = hosts.computeIfAbsent(name, first -> new Host(limits.firstPause()));
        forgetSome();
        Instant now = clock.instant();
        if (now.isBefore(host.closedUntil)) {
            return new ComeBack(Duration.between(now, host.closedUntil));
        }
        boolean trial = host.failures >= limits.failuresToOpen();
        if (trial && host.inFlight > 0) {
            return new ComeBack(TRIAL_RUNNING);
        }
        if (host.inFlight >= limits.atOnce()) {
            return new ComeBack(limits.fullWait());
        }
        host.inFlight++;
        return new Admitted(name, trial);
    }

    /** @param well the host answered, whatever it said about the order */
    synchronized void leave(Admitted admitted, boolean well) {
        Host host = hosts.get(admitted.host());
        if (host == null) {
            return;
        }
        host.inFlight--;
        if (well) {
            host.failures = 0;
            host.pause = limits.firstPause();
            host.closedUntil = Instant.MIN;
            return;
        }
        host.failures++;
        Instant now = clock.instant();
        // POSTs that were under way when the host was closed fail too; they say nothing new.
        if (admitted.trial() || (host.failures >= limits.failuresToOpen() && !now.isBefore(host.closedUntil))) {
            close(admitted.host(), host, now);
        }
    }

    private void close(String name, Host host, Instant now) {
        host.closedUntil = now.plus(host.pause);
        LOG.atWarn()
                .addKeyValue("host", name)
                .addKeyValue("failures", host.failures)
                .addKeyValue("pauseSeconds", host.pause.toSeconds())
                .log("a shop's host does not answer and is left alone");
        Duration doubled = host.pause.multipliedBy(2);
        host.pause = doubled.compareTo(limits.longestPause()) < 0 ? doubled : limits.longestPause();
    }

    /** Only hosts with nothing under way are forgotten, so that every entry finds its way out. */
    private void forgetSome() {
        Iterator<Host> eldestFirst = hosts.values().iterator();
        while (hosts.size() > HostLimits.MOST_HOSTS && eldestFirst.hasNext()) {
            if (eldestFirst.next().inFlight == 0) {
                eldestFirst.remove();
                return;
            }
        }
    }

    private static final class Host {
        private int inFlight;
        private int failures;
        private Duration pause;
        private Instant closedUntil = Instant.MIN;

        Host(Duration pause) {
            this.pause = pause;
        }
    }
}
