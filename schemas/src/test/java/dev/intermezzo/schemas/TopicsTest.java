package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Topic.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void names_are_unique() {
        assertThat(Topics.ALL).extracting(Topic::name).doesNotHaveDuplicates().doesNotContain(Topics.SCHEMAS_NAME);
    }

    @Test
    void every_value_says_whose_it_is_and_when_it_happened() {
        for (Topic<?> topic : Topics.ALL) {
            Set<String> fields = SpecificData.get().getSchema(topic.value()).getFields().stream()
                    .map(Field::name)
                    .collect(Collectors.toSet());

            List<String> wanted = topic.equals(Topics.MERCHANTS)
                    ? List.of("id", "environment", "occurredAt")
                    : List.of("paymentId", "merchantId", "environment", "occurredAt");
            assertThat(fields).as(topic.name()).containsAll(wanted);
        }
    }

    @Test
    void what_is_hashed_holds_no_map_and_no_floating_point() {
        for (Schema schema : CompiledSchemas.all()) {
            assertThat(schema.toString()).as(schema.getName()).doesNotContain("\"map\"", "\"float\"", "\"double\"");
        }
    }

    @Test
    void a_record_is_looked_for_where_the_producers_default_puts_its_key() {
        for (String key : List.of("", "demo-shop~00000000-0000-4000-8000-000000000001", "merchant:café")) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

            assertThat(IntStream.of(1, 3, Topics.DEFAULT_PARTITIONS))
                    .allSatisfy(partitions -> assertThat(Topics.partitionOf(key, partitions))
                            .isEqualTo(BuiltInPartitioner.partitionForKey(bytes, partitions)));
        }
    }

    @Test
    void inputs_of_the_orchestrator_keep_plain_and_transactional_writers_apart() {
        assertThat(List.of(
                        Topics.PAYMENT_EVENTS,
                        Topics.CASHIER_RESULTS,
                        Topics.SHOP_RESULTS,
                        Topics.NOTIFICATION_RESULTS,
                        Topics.OPERATOR_ACTS,
                        Topics.BUYER_KEYS))
                .extracting(Topic::writer)
                .containsOnly(Writer.PLAIN);
        assertThat(Topics.PAYMENT_INTERNAL.writer()).isEqualTo(Writer.TRANSACTIONAL);
    }

    @Test
    void only_what_people_alone_read_is_written_both_ways() {
        assertThat(Topics.ALL)
                .filteredOn(topic -> topic.writer() == Writer.BOTH)
                .containsExactly(Topics.DEAD_LETTERS);
    }
}
