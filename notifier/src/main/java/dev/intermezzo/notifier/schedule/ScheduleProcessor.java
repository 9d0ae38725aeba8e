package dev.intermezzo.notifier.schedule;

import dev.intermezzo.notifier.schedule.ScheduleInput.DueTimeReached;
import dev.intermezzo.notifier.schedule.ScheduleInput.Reported;
import dev.intermezzo.notifier.schedule.ScheduleOutput.End;
import dev.intermezzo.notifier.schedule.ScheduleOutput.Send;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.DueAlarm;
import dev.intermezzo.runtime.streams.DueIndex;
import dev.intermezzo.runtime.streams.Origin;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries {@link Schedule} on Kafka Streams: one state per payment, one due time per state, and a turn of the clock that
 * brings due times back as inputs. State, due times and outputs of an input are committed together.
 */
final class ScheduleProcessor implements Processor<String, byte[], String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleProcessor.class);

    private final Map<String, Topic<?>> topics;
    private final Schedule schedule;
    private final TopicReader<NotificationRequest> requests;
    private final TopicReader<NotificationResult> results;
    private final DeadLetters letters;
    private final ScheduleCounts counts;

    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, ScheduleState> states;
    private DueIndex due;
    private DueAlarm alarm;
    private Outlet out;

    /** @param topics sources by their full name */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    ScheduleProcessor(
            Map<String, Topic<?>> topics,
            SchedulePolicy policy,
            WriterSchemas schemas,
            DeadLetters letters,
            ScheduleCounts counts) {
        this.topics = topics;
        this.schedule = new Schedule(policy);
        this.requests = new TopicReader<>(Topics.NOTIFICATION_REQUESTS, schemas);
        this.results = new TopicReader<>(Topics.NOTIFICATION_RESULTS, schemas);
        this.letters = letters;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> streams) {
        context = streams;
        states = streams.getStateStore(ScheduleTopology.STATES);
        due = new DueIndex(streams.getStateStore(ScheduleTopology.DUE_TIMES));
        out = new Outlet(streams);
        alarm = new DueAlarm(streams, due, this::turn);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        Topic<?> topic = topics.get(place.topic());
        if (topic == null) {
            throw new IllegalStateException("no source reads the topic " + place.topic());
        }
        Origin origin = Origin.of(topic, place, record.headers());
        if (topic.equals(Topics.NOTIFICATION_REQUESTS)) {
            take(origin, record, requests.read(record.value()), NotificationRequest::getPaymentId, ScheduleInput::of);
        } else {
            take(origin, record, results.read(record.value()), NotificationResult::getPaymentId, Reported::new);
        }
        alarm.set();
    }

    private <T> void take(
            Origin origin,
            Record<String, byte[]> record,
            Reading<T> reading,
            Function<T, String> payment,
            Function<T, ScheduleInput> meaning) {
        switch (reading) {
            case Reading.Unacceptable<T> bad -> bury(origin, record, bad.code(), bad.reason());
            case Reading.Read<T> read -> {
                if (payment.apply(read.value()).equals(record.key())) {
                    step(record.key(), meaning.apply(read.value()), now(), origin.traceparent());
                } else {
                    bury(origin, record, "key-mismatch", "The record's key is not its payment's id.");
                }
            }
        }
    }

    private void bury(Origin origin, Record<String, byte[]> record, String code, String reason) {
        DeadLetter letter =
                letters.of(ScheduleTopology.STAGE, origin.position(), record.key(), record.value(), code, reason);
        out.write(Topics.DEAD_LETTERS, letter.getPaymentId(), letter, origin.traceparent());
    }

    /** Brings back what is due. */
    private void turn(long wallClockMillis) {
        Instant now = Instant.ofEpochMilli(wallClockMillis);
        for (DueIndex.Due one : due.take(now)) {
            step(one.owner(), new DueTimeReached(one.due()), now, "");
        }
    }

    private void step(String paymentId, ScheduleInput input, Instant now, String traceparent) {
        ScheduleState before = states.get(paymentId);
        ScheduleStep step = schedule.step(before, input, now);
        ScheduleState after = step.state();
        if (!step.outputs().isEmpty() || !same(before, after)) {
            keep(paymentId, before, after);
        }
        for (ScheduleOutput output : step.outputs()) {
            publish(output, traceparent);
        }
    }

    private void keep(String paymentId, @Nullable ScheduleState before, @Nullable ScheduleState after) {
        if (before != null && hasDueTime(before)) {
            due.disarm(before.getDue(), paymentId);
        }
        if (after == null) {
            states.delete(paymentId);
            return;
        }
        states.put(paymentId, after);
        if (hasDueTime(after)) {
            due.arm(after.getDue(), paymentId);
        }
    }

    private void publish(ScheduleOutput output, String traceparent) {
        switch (output) {
            case Send send -> {
                counts.sent();
                out.write(Topics.NOTIFICATION_DUE, send.due().getPaymentId(), send.due(), traceparent);
            }
            case End end -> {
                NotificationEnded ended = (NotificationEnded) end.event().getBody();
                counts.ended(ended.getEnd());
                LOG.atInfo()
                        .addKeyValue("payment", end.event().getPaymentId())
                        .addKeyValue("merchant", end.event().getMerchantId())
                        .addKeyValue("request", ended.getRequestId())
                        .addKeyValue("status", ended.getStatus())
                        .addKeyValue("end", ended.getEnd())
                        .addKeyValue("attempts", ended.getAttempts())
                        .log("notification ended");
                out.write(Topics.PAYMENT_INTERNAL, end.event().getPaymentId(), end.event(), traceparent);
            }
        }
    }

    /** A parked message waits for a person, not for a time. */
    private static boolean hasDueTime(ScheduleState state) {
        return state.getPhase() != SchedulePhase.PARKED;
    }

    private static boolean same(@Nullable ScheduleState before, @Nullable ScheduleState after) {
        return before == null ? after == null : before.equals(after);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
