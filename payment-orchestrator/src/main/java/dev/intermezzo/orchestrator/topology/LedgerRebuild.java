package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RawTopic;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the orchestrator's stores back from the ledger while it is stopped, and sets each source to where the ledger ends.
 * No command is sent: what was decided was sent with the decision, in its transaction.
 *
 * <p>The stores are filled through their changelogs, which Streams reads before it works. New values are appended and what
 * the ledger does not account for is deleted, so that an instance which still has its state folder ends up the same as one
 * without. First everything is read and checked, and only then is anything written; a mark keeps the orchestrator from
 * starting until the end is reached, and running it again is always safe.
 */
public final class LedgerRebuild implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerRebuild.class);

    /** Most problems named one by one. */
    private static final int MAX_NAMED = 20;

    private final KafkaSettings kafka;
    private final SchemaTopic schemas;
    private final Bookkeeper bookkeeper;
    private final Admin admin;
    private final RawTopic raw;
    private final RebuildMark mark;

    /** @param schemas started and closed by the caller */
    public LedgerRebuild(KafkaSettings kafka, SchemaTopic schemas) {
        this(kafka, schemas, new Bookkeeper());
    }

    LedgerRebuild(KafkaSettings kafka, SchemaTopic schemas, Bookkeeper bookkeeper) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.bookkeeper = bookkeeper;
        this.admin = KafkaClients.admin(kafka, "rebuild");
        this.raw = new RawTopic(kafka, "rebuild");
        this.mark = new RebuildMark(admin, kafka);
    }

    /**
     * Reads and checks everything, changes nothing.
     *
     * @throws RebuildRefusedException when the orchestrator runs, or the ledger cannot be relied on
     * @throws org.apache.kafka.common.KafkaException when Kafka does not do what is asked
     */
    public void check() {
        refuseWhileRunning();
        List<String> problems = new ArrayList<>();
        for (TopicPartition partition : partitions(Topics.PAYMENT_LEDGER)) {
            problems.addAll(fold(partition).problems());
        }
        if (!problems.isEmpty()) {
            throw new RebuildRefusedException(
                    "ledger-not-reproduced",
                    problems.size() + " entries cannot be relied on, nothing was changed:\n  "
                            + String.join(
                                    "\n  ", problems.stream().limit(MAX_NAMED).toList()));
        }
    }

    /** Checks, then does it. Safe to run again at any time while the orchestrator is stopped. */
    public RebuildReport run() {
        check();
        schemas.publish();
        mark.set();
        List<TopicPartition> ledger = partitions(Topics.PAYMENT_LEDGER);
        Changelogs changelogs = new Changelogs(admin, kafka, ledger.size());
        List<String> created = changelogs.createMissing();
        SortedMap<String, Long> written = new TreeMap<>();
        SortedMap<String, Long> removed = new TreeMap<>();
        Map<LedgerPartition.Place, Long> next = new HashMap<>();
        long entries = 0;
        long payments = 0;
        for (TopicPartition partition : ledger) {
            LedgerPartition folded = fold(partition);
            if (!folded.problems().isEmpty()) {
                throw new IllegalStateException("The ledger read otherwise than a moment ago: "
                        + folded.problems().getFirst());
            }
            entries += folded.entries();
            payments += folded.payments();
            folded.next().forEach((place, offset) -> next.merge(place, offset, Math::max));
            folded.stores().forEach((store, values) -> {
                TopicPartition changelog = new TopicPartition(changelogs.topic(store), partition.partition());
                written.merge(store, (long) values.size(), Long::sum);
                removed.merge(store, fill(changelog, values), Long::sum);
            });
        }
        SortedMap<String, Long> resumed = resume(next);
        mark.clear();
        LOG.atInfo()
                .addKeyValue("payments", payments)
                .addKeyValue("entries", entries)
                .log("rebuilt from the ledger");
        return new RebuildReport(entries, payments, written, removed, created, resumed);
    }

    @Override
    public void close() {
        raw.close();
        admin.close();
    }

    private LedgerPartition fold(TopicPartition partition) {
        LedgerPartition folded = new LedgerPartition(schemas, bookkeeper);
        raw.read(partition, folded::accept);
        return folded;
    }

    /** Deletes what is not in {@code values}, then writes them; returns how many were deleted. */
    private long fill(TopicPartition changelog, Map<Bytes, byte[]> values) {
        Set<Bytes> present = new HashSet<>();
        raw.read(changelog, record -> {
            Bytes key = Bytes.wrap(record.key());
            if (record.value() == null) {
                present.remove(key);
            } else {
                present.add(key);
            }
        });
        Map<Bytes, byte @Nullable []> records = new LinkedHashMap<>();
        present.stream().filter(key -> !values.containsKey(key)).forEach(key -> records.put(key, null));
        long deleted = records.size();
        records.putAll(values);
        raw.write(changelog, records);
        return deleted;
    }

    /** Sets the application's position in each source: what the ledger knows of is not taken again. */
    private SortedMap<String, Long> resume(Map<LedgerPartition.Place, Long> next) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        SortedMap<String, Long> resumed = new TreeMap<>();
        for (Topic<?> source : OrchestratorTopology.SOURCES) {
            raw.beginnings(partitions(source)).forEach((partition, oldest) -> {
                LedgerPartition.Place place = new LedgerPartition.Place(source.name(), partition.partition());
                // Records between may have left by age; a position before the oldest would be an error.
                long from = Math.max(oldest, next.getOrDefault(place, 0L));
                positions.put(partition, new OffsetAndMetadata(from));
                resumed.put(source.name() + "-" + partition.partition(), from);
            });
        }
        RebuildMark.await(admin.alterConsumerGroupOffsets(group(), positions).all());
        return resumed;
    }

    private void refuseWhileRunning() {
        try {
            ConsumerGroupDescription group = RebuildMark.await(
                            admin.describeConsumerGroups(List.of(group())).all())
                    .values()
                    .iterator()
                    .next();
            if (!group.members().isEmpty()) {
                throw new RebuildRefusedException(
                        "orchestrator-running",
                        group.members().size() + " instances of the orchestrator (group " + group()
                                + ") are running or left less than a session ago. Stop them all first; nothing was"
                                + " changed.");
            }
        } catch (GroupIdNotFoundException e) {
            // No orchestrator ever ran, or its group was forgotten: nobody to wait for.
        }
    }

    private List<TopicPartition> partitions(Topic<?> topic) {
        String name = kafka.topic(topic);
        int count = RebuildMark.await(admin.describeTopics(List.of(name)).allTopicNames())
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    private String group() {
        return kafka.named(OrchestratorService.APPLICATION);
    }
}
