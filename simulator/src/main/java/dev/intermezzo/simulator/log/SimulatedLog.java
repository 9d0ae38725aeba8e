package dev.intermezzo.simulator.log;

import dev.intermezzo.schemas.Topics;
import dev.intermezzo.simulator.kernel.Agenda;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Topics, partitions, transactions and committed offsets as a broker keeps them. What a broker would forget by age is kept.
 * Keys go to partitions as the producers' default partitioner sends them.
 */
public final class SimulatedLog {
    /** More than one, which would hide mistakes of co-partitioning. */
    public static final int PARTITIONS = 3;

    /** The broker ends a transaction whose producer is gone after this. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(3);

    private final Agenda agenda;
    private final Map<String, List<Partition>> topics = new LinkedHashMap<>();
    private final Map<String, Integer> epochs = new HashMap<>();
    private final Map<String, Transaction> open = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();

    public SimulatedLog(Agenda agenda) {
        this.agenda = agenda;
    }

    public Partition partition(String topic, int number) {
        return partitions(topic).get(number);
    }

    public List<Partition> partitions(String topic) {
        return topics.computeIfAbsent(topic, SimulatedLog::make);
    }

    /** Topics that were used, in the order of their first use. */
    public Map<String, List<Partition>> topics() {
        return new LinkedHashMap<>(topics);
    }

    /** Where the default partitioner sends a key. */
    public static int partitionOf(String key) {
        return Topics.partitionOf(key, PARTITIONS);
    }

    /** A plain, idempotent producer's write: readable at once. */
    public Entry append(String topic, String key, byte @Nullable [] value) {
        Entry entry = append(topic, key, value, new RecordHeaders(), null);
        partition(topic, entry.partition()).tellWatchers();
        return entry;
    }

    /** A producer with this id; one that was there before is fenced and its open transaction aborted. */
    public TransactionalProducer producer(String transactionalId) {
        int epoch = epochs.merge(transactionalId, 1, Integer::sum);
        Transaction left = open.get(transactionalId);
        if (left != null) {
            end(transactionalId, left, false);
        }
        return new TransactionalProducer(this, transactionalId, epoch);
    }

    /** Names a group's place in a partition. */
    public static String place(String group, String topic, int partition) {
        return group + '/' + topic + '/' + partition;
    }

    /** The next offset that the group reads. */
    public long offset(String place) {
        return offsets.getOrDefault(place, 0L);
    }

    /** Takes places over; a group never goes back. */
    public void commitOffsets(Map<String, Long> next) {
        next.forEach((place, offset) -> offsets.merge(place, offset, Math::max));
    }

    Entry append(
            String topic, String key, byte @Nullable [] value, Headers headers, @Nullable Transaction transaction) {
        Partition partition = partition(topic, partitionOf(key));
        // A record once written does not change with what its writer holds.
        Headers written = new RecordHeaders();
        for (Header header : headers) {
            written.add(header);
        }
        Entry entry = new Entry(
                topic,
                partition.number(),
                partition.size(),
                key,
                value == null ? null : value.clone(),
                written,
                agenda.instant(),
                transaction,
                false);
        partition.add(entry);
        if (transaction != null) {
            transaction.touched().add(partition);
        }
        return entry;
    }

    void requireEpoch(String transactionalId, int epoch) {
        if (epochs.getOrDefault(transactionalId, 0) != epoch) {
            throw new FencedException(transactionalId);
        }
    }

    Transaction begin(String transactionalId) {
        Transaction begun = new Transaction();
        open.put(transactionalId, begun);
        agenda.after(TRANSACTION_TIMEOUT, () -> {
            if (begun.open()) {
                end(transactionalId, begun, false);
            }
        });
        return begun;
    }

    void end(String transactionalId, Transaction transaction, boolean commit) {
        transaction.end(commit);
        open.remove(transactionalId, transaction);
        for (Partition partition : transaction.touched()) {
            partition.add(new Entry(
                    partition.topic(),
                    partition.number(),
                    partition.size(),
                    null,
                    null,
                    new RecordHeaders(),
                    agenda.instant(),
                    transaction,
                    true));
        }
        transaction.touched().forEach(Partition::tellWatchers);
    }

    private static List<Partition> make(String topic) {
        List<Partition> made = new ArrayList<>();
        for (int number = 0; number < PARTITIONS; number++) {
            made.add(new Partition(topic, number));
        }
        return List.copyOf(made);
    }
}
