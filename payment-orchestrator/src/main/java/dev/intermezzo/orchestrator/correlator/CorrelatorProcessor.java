package dev.intermezzo.orchestrator.correlator;

import dev.intermezzo.orchestrator.correlator.CorrelationStep.Arrival;
import dev.intermezzo.orchestrator.correlator.CorrelationStep.Output;
import dev.intermezzo.orchestrator.correlator.CorrelationStep.Turn;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.DueAlarm;
import dev.intermezzo.runtime.streams.DueIndex;
import dev.intermezzo.runtime.streams.Origin;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CorrelationState;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads facts about one transaction, lets {@link CorrelationStep} say what follows, and writes it. */
final class CorrelatorProcessor implements Processor<String, byte[], String, byte[]> {
    static final String CORRELATIONS = "correlations";
    static final String DUE = "correlations-due";

    private final String inboxTopic;
    private final CorrelationStep step;
    private final DeadLetters deadLetters;
    private final TopicReader<InboxWebhook> inbox;
    private final TopicReader<WebhookIndexEntry> index;
    private final Codec<CorrelationState> stateCodec = Codec.of(CorrelationState.class);
    private final Codec<InboxWebhook> webhookCodec = Codec.of(InboxWebhook.class);
    private final WriterSchemas schemas;

    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, byte[]> states;
    private DueIndex due;
    private DueAlarm alarm;
    private Outlet out;

    /** @param inboxTopic full name of webhook-inbox; the other source is webhook-index */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    CorrelatorProcessor(String inboxTopic, CorrelationStep step, DeadLetters deadLetters, WriterSchemas schemas) {
        this.inboxTopic = inboxTopic;
        this.step = step;
        this.deadLetters = deadLetters;
        this.schemas = schemas;
        this.inbox = new TopicReader<>(Topics.WEBHOOK_INBOX, schemas);
        this.index = new TopicReader<>(Topics.WEBHOOK_INDEX, schemas);
    }

    @Override
    public void init(ProcessorContext<String, byte[]> streams) {
        context = streams;
        states = streams.getStateStore(CORRELATIONS);
        KeyValueStore<Bytes, byte[]> dueTimes = streams.getStateStore(DUE);
        due = new DueIndex(dueTimes);
        out = new Outlet(streams);
        alarm = new DueAlarm(streams, due, this::wake);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        boolean fromInbox = place.topic().equals(inboxTopic);
        Origin origin = Origin.of(fromInbox ? Topics.WEBHOOK_INBOX : Topics.WEBHOOK_INDEX, place, record.headers());
        if (fromInbox) {
            webhook(origin, record);
        } else if (record.value() != null) {
            // A tombstone says that the index entry's time is over; this store has a time limit of its own.
            entry(origin, record);
        }
        alarm.set();
    }

    private void webhook(Origin origin, Record<String, byte[]> record) {
        switch (inbox.read(record.value())) {
            case Reading.Unacceptable<InboxWebhook> bad ->
                bury(origin, record.key(), record.value(), bad.code(), bad.reason());
            case Reading.Read<InboxWebhook> read -> {
                InboxWebhook webhook = read.value();
                String key = record.key();
                if (key == null || !belongsUnder(key, webhook.getWebhook())) {
                    bury(
                            origin,
                            record.key(),
                            record.value(),
                            "key-mismatch",
                            "The record's key is not that of its transaction.");
                    return;
                }
                Arrival arrival = new Arrival(webhook, origin.offset(), origin.traceparent());
                write(key, step.received(load(key), arrival, now()));
            }
        }
    }

    /** One that names no transaction, as nobody could read it, lies under its account and anything. */
    private static boolean belongsUnder(String key, WebhookFacts webhook) {
        String own = Ids.transactionKey(webhook.getAccount(), webhook.getTransactionId());
        return webhook.getTransactionId().isEmpty() ? key.startsWith(own) : key.equals(own);
    }

    private void entry(Origin origin, Record<String, byte[]> record) {
        switch (index.read(record.value())) {
            case Reading.Unacceptable<WebhookIndexEntry> bad ->
                bury(origin, record.key(), record.value(), bad.code(), bad.reason());
            case Reading.Read<WebhookIndexEntry> read ->
                write(record.key(), step.indexed(load(record.key()), read.value()));
        }
    }

    private void wake(long now) {
        Instant time = Instant.ofEpochMilli(now);
        for (DueIndex.Due one : due.take(time)) {
            write(one.owner(), step.woken(load(one.owner()), time));
        }
    }

    private void write(String key, Turn turn) {
        CorrelationState state = turn.state();
        if (state == null) {
            states.delete(key);
        } else {
            states.put(key, stateCodec.encode(state));
        }
        Instant wake = turn.wake();
        if (wake != null) {
            due.arm(wake, key);
        }
        for (Output output : turn.outputs()) {
            switch (output) {
                case Output.Publish published ->
                    out.write(
                            Topics.PAYMENT_INTERNAL,
                            published.event().getPaymentId(),
                            published.event(),
                            published.traceparent());
                case Output.Dead dead ->
                    bury(
                            inboxPlace(dead.arrival()),
                            key,
                            webhookCodec.encode(dead.arrival().webhook()),
                            dead.code(),
                            dead.reason());
            }
        }
    }

    /** A webhook is held in the partition that it arrived in. */
    private Origin inboxPlace(Arrival arrival) {
        return new Origin(
                Topics.WEBHOOK_INBOX.name(), context.taskId().partition(), arrival.offset(), arrival.traceparent());
    }

    private void bury(Origin origin, @Nullable String key, byte @Nullable [] value, String code, String reason) {
        DeadLetter letter = deadLetters.of(CorrelatorService.APPLICATION, origin.position(), key, value, code, reason);
        out.write(Topics.DEAD_LETTERS, letter.getPaymentId(), letter, origin.traceparent());
    }

    private @Nullable CorrelationState load(String key) {
        byte[] stored = states.get(key);
        return stored == null ? null : stateCodec.decode(stored, schemas);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
