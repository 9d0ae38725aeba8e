package dev.intermezzo.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Intake intake = new Intake("test.", List.of(Topics.SHOP_COMMANDS, Topics.MERCHANTS));

    @Test
    void records_are_counted_by_topic_with_the_age_of_the_last() {
        intake.bind(meters, "shop");

        intake.take("test.shop-commands", 1_000, 61_000);
        intake.take("test.shop-commands", 60_000, 61_500);

        assertThat(taken("shop-commands")).isEqualTo(2);
        assertThat(age("shop-commands")).isEqualTo(1.5);
        assertThat(taken("merchants"))
                .as("a series that is there before its first record")
                .isZero();
    }

    @Test
    void a_record_from_the_future_is_new_and_a_strange_topic_makes_no_series() {
        intake.bind(meters, "shop");
        int before = meters.getMeters().size();

        intake.take("test.shop-commands", 2_000, 1_000);
        intake.take("test.somewhere", 0, 1_000);

        assertThat(age("shop-commands")).isZero();
        assertThat(meters.getMeters()).hasSize(before);
    }

    private double taken(String topic) {
        return meters.get("intermezzo.records.taken")
                .tags("stage", "shop", "topic", topic)
                .functionCounter()
                .count();
    }

    private double age(String topic) {
        return meters.get("intermezzo.records.age")
                .tags("stage", "shop", "topic", topic)
                .gauge()
                .value();
    }
}
