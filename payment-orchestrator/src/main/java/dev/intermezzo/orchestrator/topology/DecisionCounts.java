package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.runtime.metrics.Tally;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What was decided since the start, for metrics. Counted when decided, so again after an aborted transaction. */
public final class DecisionCounts {
    private final Tally<Kind> decisions = new Tally<>(Kind.class);
    private final LongAdder timers = new LongAdder();
    private final LongAdder latenessNanos = new LongAdder();

    private enum Kind {
        APPLIED,
        NOTED,
        REFUSED,
        REPEATED,
        NO_PAYMENT,
        FAILED
    }

    void decided(Booking booking) {
        decisions.count(
                switch (booking) {
                    case Booking.Entered entered ->
                        switch (entered.entry().getVerdict()) {
                            case APPLIED -> Kind.APPLIED;
                            case NOTED -> Kind.NOTED;
                            case REFUSED -> Kind.REFUSED;
                        };
                    case Booking.Repeated repeated -> Kind.REPEATED;
                    case Booking.NoPayment none -> Kind.NO_PAYMENT;
                });
    }

    /** The state machine failed, and the payment is in quarantine. */
    void failed() {
        decisions.count(Kind.FAILED);
    }

    /** @param late after the time that it was armed for */
    void fired(Duration late) {
        timers.increment();
        latenessNanos.add(late.toNanos());
    }

    void bind(MeterRegistry meters) {
        decisions.bind(meters, "intermezzo.decisions", "Facts about payments, by what was decided", "verdict");
        FunctionTimer.builder(
                        "intermezzo.timers.lateness",
                        this,
                        counts -> counts.timers.sum(),
                        counts -> counts.latenessNanos.sum(),
                        TimeUnit.NANOSECONDS)
                .description("How long after their time timers fired")
                .register(meters);
    }
}
