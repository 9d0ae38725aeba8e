package dev.intermezzo.notifier.schedule;

import static java.util.Objects.requireNonNull;

import dev.intermezzo.notifier.schedule.ScheduleInput.DueTimeReached;
import dev.intermezzo.notifier.schedule.ScheduleInput.Redrive;
import dev.intermezzo.notifier.schedule.ScheduleInput.Reported;
import dev.intermezzo.notifier.schedule.ScheduleInput.Requested;
import dev.intermezzo.notifier.schedule.ScheduleOutput.End;
import dev.intermezzo.notifier.schedule.ScheduleOutput.Send;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
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
final class ScheduleProcessor implements Processor<String, byte[], String, SpecificRecordBase> {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleProcessor.class);

    private final Schedule schedule;
    private final ScheduleTopology.Settings settings;
    private final WriterSchemas schemas;
    private final DeadLetters letters;
    private final ScheduleCounts counts;
    private final Codec<NotificationRequest> requests = Codec.of(NotificationRequest.class);
    private final Codec<NotificationResult> results = Codec.of(NotificationResult.class);

    private @Nullable ProcessorContext<String, SpecificRecordBase> context;
    private @Nullable KeyValueStore<String, ScheduleState> states;
    private @Nullable DueIndex dueIndex;

    ScheduleProcessor(
            ScheduleTopology.Settings settings, WriterSchemas schemas, DeadLetters letters, ScheduleCounts counts) {
        this.schedule = new Schedule(settings.policy());
        this.settings = settings;
        this.schemas = schemas;
        this.letters = letters;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecordBase> context) {
        this.context = context;
        states = context.getStateStore(ScheduleTopology.STATES);
        dueIndex = new DueIndex(context.getStateStore(ScheduleTopology.DUE_TIMES));
        context.schedule(settings.turn(), PunctuationType.WALL_CLOCK_TIME, this::turn);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        ScheduleInput input;
        try {
            input = read(origin, record);
        } catch (UndecodableException e) {
            refuse(origin, record, "undecodable", "The value cannot be read: " + e.getMessage() + ".");
            return;
        }
        if (!paymentOf(input).equals(record.key())) {
            refuse(origin, record, "key-differs", "The key is not the payment id of the value.");
            return;
        }
        step(record.key(), input, now(), record.headers());
    }

    private ScheduleInput read(RecordMetadata origin, Record<String, byte[]> record) {
        byte[] value = record.value();
        if (record.key() == null || value == null) {
            throw new UndecodableException("a record without key or value");
        }
        return origin.topic().equals(settings.requestsTopic())
                ? new Requested(requests.decode(value, schemas))
                : new Reported(results.decode(value, schemas));
    }

    private static String paymentOf(ScheduleInput input) {
        return switch (input) {
            case Requested requested -> requested.request().getPaymentId();
            case Reported reported -> reported.result().getPaymentId();
            case DueTimeReached due -> throw new IllegalStateException("due times come from the store");
            case Redrive redrive -> throw new IllegalStateException("no topic carries re-drives yet");
        };
    }

    private void refuse(RecordMetadata origin, Record<String, byte[]> record, String code, String reason) {
        DeadLetters.Position position = new DeadLetters.Position(origin.topic(), origin.partition(), origin.offset());
        DeadLetter letter = letters.of(ScheduleTopology.STAGE, position, record.key(), record.value(), code, reason);
        context()
                .forward(
                        record.withKey(letter.getPaymentId()).withValue((SpecificRecordBase) letter),
                        ScheduleTopology.DEAD_LETTERS_SINK);
    }

    /** Brings back what is due, a bounded number at a time so that inputs are not kept waiting. */
    private void turn(long wallClockMillis) {
        Instant now = Instant.ofEpochMilli(wallClockMillis);
        List<DueIndex.Entry> reached = index().reached(now, settings.mostPerTurn());
        for (DueIndex.Entry entry : reached) {
            index().strike(entry.due(), entry.paymentId());
            step(entry.paymentId(), new DueTimeReached(entry.due()), now, new RecordHeaders());
        }
        boolean more = reached.size() == settings.mostPerTurn();
        index().doneBefore(more ? reached.getLast().due() : now);
    }

    private void step(String paymentId, ScheduleInput input, Instant now, Headers headers) {
        ScheduleState before = states().get(paymentId);
        ScheduleStep step = schedule.step(before, input, now);
        ScheduleState after = step.state();
        if (!step.outputs().isEmpty() || !same(before, after)) {
            keep(paymentId, before, after);
        }
        for (ScheduleOutput output : step.outputs()) {
            publish(output, now, headers);
        }
    }

    private void keep(String paymentId, @Nullable ScheduleState before, @Nullable ScheduleState after) {
        if (before != null && hasDueTime(before)) {
            index().strike(before.getDue(), paymentId);
        }
        if (after == null) {
            states().delete(paymentId);
            return;
        }
        states().put(paymentId, after);
        if (hasDueTime(after)) {
            index().note(after.getDue(), paymentId);
        }
    }

    private void publish(ScheduleOutput output, Instant now, Headers headers) {
        long millis = now.toEpochMilli();
        switch (output) {
            case Send send -> {
                counts.sent();
                context()
                        .forward(
                                new Record<>(
                                        send.due().getPaymentId(), (SpecificRecordBase) send.due(), millis, headers),
                                ScheduleTopology.DUE_SINK);
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
                context()
                        .forward(
                                new Record<>(
                                        end.event().getPaymentId(), (SpecificRecordBase) end.event(), millis, headers),
                                ScheduleTopology.INTERNAL_SINK);
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
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }

    private ProcessorContext<String, SpecificRecordBase> context() {
        return requireNonNull(context, "initialised before use");
    }

    private KeyValueStore<String, ScheduleState> states() {
        return requireNonNull(states, "initialised before use");
    }

    private DueIndex index() {
        return requireNonNull(dueIndex, "initialised before use");
    }
}
