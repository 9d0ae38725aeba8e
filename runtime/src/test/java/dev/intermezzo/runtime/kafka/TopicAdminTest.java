package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class TopicAdminTest {

    @Test
    void apply_creates_every_topic_of_the_catalogue_and_then_nothing_is_left(KafkaSettings kafka) {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            assertThat(topics.plan(Topics.ALL))
                    .hasSize(Topics.ALL.size() + 1)
                    .allMatch(problem -> problem.kind() == TopicProblem.Kind.MISSING);

            assertThat(topics.apply(Topics.ALL)).isEmpty();

            assertThat(topics.plan(Topics.ALL)).isEmpty();
            assertThatCode(() -> topics.require(Topics.ALL)).doesNotThrowAnyException();
        }
    }

    @Test
    void a_stage_names_the_topics_it_misses(KafkaSettings kafka) {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(List.of(Topics.MERCHANTS));

            assertThatThrownBy(() -> topics.require(List.of(Topics.MERCHANTS, Topics.PAYMENT_EVENTS)))
                    .isInstanceOf(TopicsUnfitException.class)
                    .hasMessageContaining(kafka.topic(Topics.PAYMENT_EVENTS) + " does not exist.")
                    .hasMessageNotContaining(kafka.topic(Topics.MERCHANTS));
        }
    }

    @Test
    void a_ledger_that_would_forget_is_named_and_mended(KafkaSettings kafka) throws Exception {
        String ledger = kafka.topic(Topics.PAYMENT_LEDGER);
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(List.of(Topics.PAYMENT_LEDGER));
            set(kafka, ledger, "retention.ms", "1000");

            await().untilAsserted(() -> assertThat(topics.plan(List.of(Topics.PAYMENT_LEDGER)))
                    .extracting(TopicProblem::sentence)
                    .containsExactly(ledger + " has retention.ms=1000 instead of -1."));
            assertThat(topics.apply(List.of(Topics.PAYMENT_LEDGER))).isEmpty();
        }
    }

    @Test
    void longer_retention_than_the_catalogue_asks_for_is_fine(KafkaSettings kafka) throws Exception {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(List.of(Topics.PAYMENT_EVENTS));

            String events = kafka.topic(Topics.PAYMENT_EVENTS);
            set(kafka, events, "retention.ms", "-1");
            // The second change shows when the broker has seen the first.
            set(kafka, events, "segment.ms", "1000");

            await().untilAsserted(() -> assertThat(topics.plan(List.of(Topics.PAYMENT_EVENTS)))
                    .extracting(TopicProblem::sentence)
                    .containsExactly(events + " has segment.ms=1000 instead of 151200000."));
        }
    }

    @Test
    void another_number_of_partitions_remains_for_a_person(KafkaSettings kafka) throws Exception {
        String views = kafka.topic(Topics.PAYMENT_VIEWS);
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            admin.createTopics(List.of(new NewTopic(views, 5, (short) 1))).all().get();
            await().ignoreExceptions()
                    .until(() -> !admin.describeTopics(List.of(views))
                            .allTopicNames()
                            .get()
                            .isEmpty());
        }

        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            assertThat(topics.apply(List.of(Topics.PAYMENT_VIEWS)))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.kind()).isEqualTo(TopicProblem.Kind.PARTITIONS);
                        assertThat(problem.sentence()).startsWith(views + " has 5 partitions instead of 3");
                    });
        }
    }

    @Test
    void the_first_offsets_of_the_once_group_are_committed_at_the_oldest_record(KafkaSettings kafka) throws Exception {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox());
                Admin admin = KafkaClients.admin(kafka, "test")) {
            topics.apply(Topics.ALL);
            writeCommand(kafka);
            assertThat(offsetsOfTheOnceGroup(admin, kafka)).hasSize(3).allMatch(offset -> offset == 0);

            admin.deleteConsumerGroups(List.of(kafka.named(Topics.ONCE_GROUP)))
                    .all()
                    .get();

            assertThat(topics.plan(Topics.ALL)).extracting(TopicProblem::kind).containsOnly(TopicProblem.Kind.OFFSETS);
            assertThatCode(() -> topics.require(Topics.ALL)).doesNotThrowAnyException();
            assertThat(topics.apply(Topics.ALL)).isEmpty();
            assertThat(offsetsOfTheOnceGroup(admin, kafka)).hasSize(3).allMatch(offset -> offset == 0);
        }
    }

    @Test
    void without_claims_the_once_group_begins_behind_what_may_have_been_paid(KafkaSettings kafka) throws Exception {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox());
                Admin admin = KafkaClients.admin(kafka, "test")) {
            String commands = kafka.topic(Topics.ONCE_COMMANDS);
            admin.createTopics(List.of(new NewTopic(commands, 3, (short) 1)))
                    .all()
                    .get();
            await().ignoreExceptions().until(() -> writeCommand(kafka));

            // The topic differs in its settings and lacks its offsets: both are mended at once.
            assertThat(topics.apply(List.of(Topics.ONCE_COMMANDS, Topics.ONCE_CLAIMS)))
                    .isEmpty();

            assertThat(offsetsOfTheOnceGroup(admin, kafka)).contains(1L);
        }
    }

    private static boolean writeCommand(KafkaSettings kafka) throws Exception {
        try (var producer = KafkaClients.producer(kafka, "test")) {
            producer.send(new ProducerRecord<>(kafka.topic(Topics.ONCE_COMMANDS), "payment", new byte[] {1}))
                    .get();
        }
        return true;
    }

    private static List<Long> offsetsOfTheOnceGroup(Admin admin, KafkaSettings kafka) throws Exception {
        return admin
                .listConsumerGroupOffsets(kafka.named(Topics.ONCE_GROUP))
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .map(OffsetAndMetadata::offset)
                .toList();
    }

    private static void set(KafkaSettings kafka, String topic, String key, String value) throws Exception {
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
