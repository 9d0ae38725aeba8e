package dev.intermezzo.simulator.streams;

import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.SimulatedLog;
import dev.intermezzo.simulator.log.TransactionalProducer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** One process's hold on a task: a processor of its own, its view of the stores, its positions and its producer. */
final class TaskOwner {
    private final String application;
    private final int partition;
    private final InstantSource clock;
    private final Tape tape;
    private final Map<String, MemoryStore<?, ?>> stores = new LinkedHashMap<>();
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private final Map<String, String> topicsBySink;
    private final TransactionalProducer producer;
    private final TaskContext context;
    private final Processor<String, byte[], String, byte[]> processor;
    private boolean dirty;

    /** Fences an owner that was there before, and begins where the last commit ended. */
    TaskOwner(
            StepTopology shape,
            String application,
            int partition,
            Map<String, NavigableMap<Bytes, byte[]>> committed,
            SimulatedLog log,
            InstantSource clock,
            Tape tape) {
        this.application = application;
        this.partition = partition;
        this.clock = clock;
        this.tape = tape;
        this.producer = log.producer(application + '/' + partition);
        shape.stores()
                .forEach(store -> stores.put(
                        store.name(), new MemoryStore<>(store, Objects.requireNonNull(committed.get(store.name())))));
        for (Topic<?> source : shape.sources()) {
            String topic = source.in(shape.topicPrefix());
            positions.put(topic, log.offset(place(topic)));
        }
        this.topicsBySink = shape.sinks().stream()
                .collect(Collectors.toUnmodifiableMap(Outlet::sink, topic -> topic.in(shape.topicPrefix())));
        this.context = new TaskContext(application, partition, stores, this::write, clock);
        this.processor = shape.processor().get();
        processor.init(context.typed());
    }

    /** Sources by full name, with the offset to read next. */
    Map<String, Long> positions() {
        return positions;
    }

    boolean dirty() {
        // A due time that comes to nothing changes a store and writes nothing else.
        return dirty || stores.values().stream().anyMatch(MemoryStore::changed);
    }

    void process(Entry entry) {
        dirty = true;
        tape.took(application, partition, clock.instant(), entry);
        context.at(new TaskContext.Place(entry.topic(), entry.partition(), entry.offset()));
        processor.process(new Record<>(
                entry.keyRead(),
                entry.value(),
                entry.timestamp().toEpochMilli(),
                new RecordHeaders(entry.headers().toArray())));
        positions.put(entry.topic(), entry.offset() + 1);
    }

    /** When the processor wants to look at the clock. */
    Instant nextPunctuation() {
        return context.nextPunctuation();
    }

    /** Lets the processor look at the clock. */
    void punctuate() {
        tape.punctuated(application, partition, clock.instant());
        context.punctuate();
    }

    /** @throws dev.intermezzo.simulator.log.FencedException when another owner has taken over: nothing happened then */
    void commit() {
        Map<String, Long> consumed = new LinkedHashMap<>();
        positions.forEach((topic, offset) -> consumed.put(place(topic), offset));
        producer.commit(consumed);
        stores.values().forEach(MemoryStore::keepChanges);
        dirty = false;
    }

    private void write(String sink, String key, byte[] value, Headers headers) {
        dirty = true;
        String topic = topicsBySink.get(sink);
        if (topic == null) {
            throw new IllegalArgumentException("no sink " + sink);
        }
        producer.send(topic, key, value, headers);
        tape.wrote(application, partition, topic, key, value);
    }

    private String place(String topic) {
        return SimulatedLog.place(application, topic, partition);
    }
}
