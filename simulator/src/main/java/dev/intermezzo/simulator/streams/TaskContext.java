package dev.intermezzo.simulator.streams;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What a processor sees of Kafka Streams. What none of ours uses is refused loudly. */
final class TaskContext implements ProcessorContext<Object, Object> {

    /** Takes what is forwarded to a sink. */
    interface Sinks {
        void write(String sink, String key, byte[] value, Headers headers);
    }

    /** Where the record at hand lies. */
    record Place(String topic, int partition, long offset) implements RecordMetadata {}

    private final String application;
    private final int partition;
    private final Map<String, MemoryStore<?, ?>> stores;
    private final Sinks sinks;
    private final InstantSource clock;
    private final List<Punctuation> punctuations = new ArrayList<>();
    private @Nullable Place place;

    TaskContext(
            String application,
            int partition,
            Map<String, MemoryStore<?, ?>> stores,
            Sinks sinks,
            InstantSource clock) {
        this.application = application;
        this.partition = partition;
        this.stores = stores;
        this.sinks = sinks;
        this.clock = clock;
    }

    /** As the processors know it: an array cannot bound a type variable, so the class itself cannot say so. */
    @SuppressWarnings("unchecked")
    ProcessorContext<String, byte[]> typed() {
        ProcessorContext<?, ?> any = this;
        return (ProcessorContext<String, byte[]>) any;
    }

    void at(@Nullable Place record) {
        place = record;
    }

    /** When a punctuation is next; {@link Instant#MAX}: never. */
    Instant nextPunctuation() {
        return punctuations.stream()
                .filter(each -> !each.cancelled)
                .map(each -> each.next)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Calls what is due, each once; what one of them schedules comes later. */
    void punctuate() {
        place = null;
        Instant now = clock.instant();
        punctuations.removeIf(each -> each.cancelled);
        for (Punctuation each : List.copyOf(punctuations)) {
            if (!each.cancelled && !each.next.isAfter(now)) {
                each.call(now);
            }
        }
    }

    /** As Streams does it: a time that was missed is not made up for. */
    private static final class Punctuation {
        private final Duration interval;
        private final Punctuator punctuator;
        private Instant next;
        private boolean cancelled;

        Punctuation(Instant next, Duration interval, Punctuator punctuator) {
            this.next = next;
            this.interval = interval;
            this.punctuator = punctuator;
        }

        void call(Instant now) {
            long missed = Duration.between(next, now).dividedBy(interval);
            next = next.plus(interval.multipliedBy(missed + 1));
            punctuator.punctuate(now.toEpochMilli());
        }
    }

    @Override
    public <K, V> void forward(Record<K, V> record, String sink) {
        sinks.write(sink, (String) record.key(), (byte[]) record.value(), record.headers());
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(place);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Kafka declares it
    public <S extends StateStore> S getStateStore(String name) {
        MemoryStore<?, ?> store = stores.get(name);
        if (store == null) {
            throw new IllegalArgumentException("no store " + name);
        }
        return (S) store;
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        if (type != PunctuationType.WALL_CLOCK_TIME) {
            throw refused("stream time");
        }
        // Streams counts in whole milliseconds.
        Punctuation added = new Punctuation(Instant.ofEpochMilli(clock.millis()).plus(interval), interval, punctuator);
        punctuations.add(added);
        return () -> added.cancelled = true;
    }

    @Override
    public long currentSystemTimeMs() {
        return clock.millis();
    }

    @Override
    public String applicationId() {
        return application;
    }

    @Override
    public TaskId taskId() {
        return new TaskId(0, partition);
    }

    @Override
    public <K, V> void forward(Record<K, V> record) {
        throw refused("forwarding to every child");
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
        throw refused("anchored punctuation");
    }

    @Override
    public Serde<?> keySerde() {
        throw refused("default serdes");
    }

    @Override
    public Serde<?> valueSerde() {
        throw refused("default serdes");
    }

    @Override
    public File stateDir() {
        throw refused("a folder");
    }

    @Override
    public StreamsMetrics metrics() {
        throw refused("metrics");
    }

    @Override
    public void commit() {
        throw refused("asking for a commit");
    }

    @Override
    public Map<String, Object> appConfigs() {
        throw refused("settings");
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw refused("settings");
    }

    @Override
    public long currentStreamTimeMs() {
        throw refused("stream time");
    }

    private static UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException("The simulator does not offer " + what + " to processors.");
    }
}
