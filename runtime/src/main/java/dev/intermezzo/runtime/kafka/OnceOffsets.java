package dev.intermezzo.runtime.kafka;

import static dev.intermezzo.runtime.kafka.TopicAdmin.await;

import dev.intermezzo.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * First offsets of the group that executes once-commands. It runs without a reset policy, because lost offsets must stop
 * money and neither repeat nor skip it; so somebody has to commit the first ones, and that is a person's act.
 *
 * <p>They are the oldest record's: nothing is skipped, and what was claimed before is known from {@code once-claims} and
 * refused, what is too old is reported as not executed. Only where that memory is missing too do they lie at the end:
 * skipped commands end as unknown, which is true, while repeated ones could pay twice.
 */
final class OnceOffsets {
    private final Admin admin;
    private final String topic;
    private final String group;

    OnceOffsets(Admin admin, KafkaSettings kafka) {
        this.admin = admin;
        this.topic = kafka.topic(Topics.ONCE_COMMANDS);
        this.group = kafka.named(Topics.ONCE_GROUP);
    }

    /** Partitions without an offset, or with one that the log does not hold; empty when the topic does not exist yet. */
    List<TopicProblem> problems(@Nullable TopicDescription description) {
        if (description == null) {
            return List.of();
        }
        return unusable(partitions(description)).stream()
                .map(partition -> new TopicProblem(
                        topic,
                        TopicProblem.Kind.OFFSETS,
                        "The group %s has no usable offset on %s.".formatted(group, partition)))
                .toList();
    }

    /**
     * Commits what is missing.
     *
     * @param claimsKnown the claims topic existed before; without it nothing says what was executed
     */
    void seed(TopicDescription description, boolean claimsKnown) {
        List<TopicPartition> missing = unusable(partitions(description));
        if (missing.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        offsets(missing, claimsKnown ? OffsetSpec.earliest() : OffsetSpec.latest())
                .forEach((partition, found) -> first.put(partition, new OffsetAndMetadata(found.offset())));
        await(admin.alterConsumerGroupOffsets(group, first).all());
    }

    private List<TopicPartition> unusable(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, ListOffsetsResultInfo> oldest = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        return partitions.stream()
                .filter(partition -> {
                    OffsetAndMetadata known = committed.get(partition);
                    ListOffsetsResultInfo begin = oldest.get(partition);
                    ListOffsetsResultInfo end = ends.get(partition);
                    return known == null
                            || (begin != null && known.offset() < begin.offset())
                            || (end != null && known.offset() > end.offset());
                })
                .toList();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        return await(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all());
    }

    private List<TopicPartition> partitions(TopicDescription description) {
        return description.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }
}
