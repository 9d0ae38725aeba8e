package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicShapeTest {

    @Test
    void the_ledger_is_kept_for_ever() {
        assertThat(config(Topics.PAYMENT_LEDGER))
                .containsOnly(
                        Map.entry("cleanup.policy", "delete"),
                        Map.entry("retention.ms", "-1"),
                        Map.entry("min.insync.replicas", "2"));
    }

    @Test
    void an_hour_of_views_is_deleted_in_segments_of_a_quarter() {
        assertThat(config(Topics.PAYMENT_VIEWS))
                .containsEntry("retention.ms", "3600000")
                .containsEntry("segment.ms", "900000");
    }

    @Test
    void a_forgotten_buyers_key_is_compacted_away_within_an_hour() {
        assertThat(config(Topics.BUYER_KEYS))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("max.compaction.lag.ms", "3600000")
                .doesNotContainKey("retention.ms");
    }

    @Test
    void the_index_is_compacted_and_leaves_after_400_days() {
        assertThat(config(Topics.WEBHOOK_INDEX))
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", "34560000000");
    }

    @Test
    void the_order_of_cleanup_policies_does_not_matter_but_their_set_does() {
        TopicShape index = TopicShape.of(Topics.WEBHOOK_INDEX, "index", TopicSettings.defaults());

        assertThat(index.accepts("cleanup.policy", "delete,compact")).isTrue();
        assertThat(index.accepts("cleanup.policy", "delete")).isFalse();
        assertThat(index.accepts("retention.ms", "1000")).isFalse();
    }

    private static Map<String, String> config(Topic<?> topic) {
        return TopicShape.of(topic, topic.in("t."), TopicSettings.defaults()).config();
    }
}
