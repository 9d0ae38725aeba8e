package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.TimerRequest;
import dev.intermezzo.runtime.streams.DueAlarm;
import dev.intermezzo.runtime.streams.DueIndex;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DueTimer;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.TimerFired;
import dev.intermezzo.schemas.avro.TimerKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The timers of one partition's payments. A timer that fires becomes an event like any other; whether it still counts is
 * the state machine's business, so nothing here is ever cancelled.
 */
final class Timers {
    static final String STORE = "timers";

    private final DueIndex index;
    private final Codec<DueTimer> codec = Codec.of(DueTimer.class);
    private final WriterSchemas schemas;

    Timers(KeyValueStore<Bytes, byte[]> store, WriterSchemas schemas) {
        this.index = new DueIndex(store);
        this.schemas = schemas;
    }

    /**
     * A timer that fired.
     *
     * @param traceparent trace context of the event that armed it; empty: none
     */
    record Fired(InternalEvent event, Instant due, String traceparent) {}

    /** Arms what the decision that led to {@code state} asked for. */
    void arm(PaymentState state, TimerRequest request, String traceparent) {
        DueTimer timer = timer(state, request, state.sequence(), traceparent);
        index.arm(request.due(), name(timer), codec.encode(timer));
    }

    /** What the store holds about an armed timer: its key and value. */
    static Map.Entry<Bytes, byte[]> stored(PaymentState state, TimerRequest request, long armedAt, String traceparent) {
        DueTimer timer = timer(state, request, armedAt, traceparent);
        return Map.entry(
                DueIndex.key(request.due(), name(timer)),
                Codec.of(DueTimer.class).encode(timer));
    }

    private static DueTimer timer(PaymentState state, TimerRequest request, long armedAt, String traceparent) {
        return new DueTimer(
                state.paymentId(),
                state.merchantId(),
                Environment.valueOf(state.environment().name()),
                request.due().truncatedTo(ChronoUnit.MICROS),
                TimerKind.valueOf(request.kind().name()),
                armedAt,
                request.attempt(),
                traceparent);
    }

    /** Has {@code turn} called when timers are due. */
    DueAlarm alarm(ProcessorContext<?, ?> streams, Punctuator turn) {
        return new DueAlarm(streams, index, turn);
    }

    /** Takes what is due; at most {@link DueIndex#TURN_LIMIT}. */
    List<Fired> fire(Instant now) {
        return index.take(now).stream()
                .map(due -> codec.decode(due.value().get(), schemas))
                .map(timer -> new Fired(event(timer, now), timer.getDue(), timer.getTraceparent()))
                .toList();
    }

    /** The id names the timer, not the moment, so that firing again is recognised as a repeat. */
    private static InternalEvent event(DueTimer timer, Instant now) {
        return InternalEvent.newBuilder()
                .setId(name(timer))
                .setPaymentId(timer.getPaymentId())
                .setMerchantId(timer.getMerchantId())
                .setEnvironment(timer.getEnvironment())
                .setOccurredAt(now)
                .setBody(new TimerFired(timer.getKind(), timer.getArmedAt(), timer.getAttempt()))
                .build();
    }

    /** Tells this timer from every other. */
    private static String name(DueTimer timer) {
        return timer.getPaymentId() + '#' + timer.getArmedAt() + ':' + timer.getKind() + '.' + timer.getAttempt();
    }
}
