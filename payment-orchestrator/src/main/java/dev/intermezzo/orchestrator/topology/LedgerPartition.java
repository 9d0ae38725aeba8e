package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** One partition of the ledger, folded. Memory is one payment state per payment of the partition. */
final class LedgerPartition {
    private final TopicReader<LedgerEntry> ledger;
    private final EventReader events;
    private final WriterSchemas schemas;
    private final Bookkeeper bookkeeper;
    private final Map<String, RebuiltPayment> payments = new LinkedHashMap<>();
    private final Map<Place, Long> next = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long entries;

    LedgerPartition(WriterSchemas schemas, Bookkeeper bookkeeper) {
        this.ledger = new TopicReader<>(Topics.PAYMENT_LEDGER, schemas);
        this.events = new EventReader(schemas);
        this.schemas = schemas;
        this.bookkeeper = bookkeeper;
    }

    /**
     * A partition that events came from.
     *
     * @param topic without prefix
     */
    record Place(String topic, int partition) {}

    /** What the stores that follow from the ledger hold, by store. */
    Map<String, Map<Bytes, byte[]>> stores() {
        Map<Bytes, byte[]> states = new LinkedHashMap<>();
        Map<Bytes, byte[]> heads = new LinkedHashMap<>();
        Map<Bytes, byte[]> due = new LinkedHashMap<>();
        payments.values().forEach(payment -> payment.putInto(states, heads, due));
        return Map.of(Books.PAYMENTS, states, Books.HEADS, heads, Timers.STORE, due);
    }

    void accept(ConsumerRecord<byte[], byte[]> record) {
        entries++;
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        LedgerPosition position = new LedgerPosition(key, record.partition(), record.offset());
        switch (read(record.value())) {
            case Reading.Unacceptable<LedgerEntry> bad -> problem(position, "is no entry: " + bad.reason());
            case Reading.Read<LedgerEntry> read -> {
                payments.computeIfAbsent(key, payment -> new RebuiltPayment(payment, events, bookkeeper, schemas))
                        .accept(position, read.value(), Outlet.traceparent(record.headers()))
                        .ifPresent(why -> problem(position, why + "."));
                advance(position, record.headers());
            }
        }
    }

    private Reading<LedgerEntry> read(byte @Nullable [] value) {
        try {
            return ledger.read(value);
        } catch (UnknownSchemaException e) {
            return new Reading.Unacceptable<>("undecodable", "nobody published its schema.");
        }
    }

    /** The event was taken from where its headers say: everything after the highest such place is still to be taken. */
    private void advance(LedgerPosition position, Headers headers) {
        String topic = text(headers, SourceHeaders.TOPIC);
        try {
            Place place = new Place(topic, Integer.parseInt(text(headers, SourceHeaders.PARTITION)));
            next.merge(place, Long.parseLong(text(headers, SourceHeaders.OFFSET)) + 1, Math::max);
        } catch (NumberFormatException e) {
            problem(position, "does not say where its event was taken from.");
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void problem(LedgerPosition position, String why) {
        problems.add("The entry of " + position.key() + " at partition " + position.partition() + ", offset "
                + position.offset() + " " + why);
    }

    /** First offset of each source that the ledger does not know yet. */
    Map<Place, Long> next() {
        return next;
    }

    List<String> problems() {
        return problems;
    }

    long entries() {
        return entries;
    }

    int payments() {
        return payments.size();
    }
}
