package dev.intermezzo.runtime.metrics;

import dev.intermezzo.schemas.Topic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How many records a stage took from its topics, and how old the last one was when it was taken: a stage that falls behind
 * takes old ones, and one that is older than its topic keeps records is lost. Safe for several threads.
 */
public final class Intake {
    private final Map<String, Taken> topics;

    private record Taken(String topic, LongAdder records, AtomicLong ageMillis) {}

    /**
     * @param prefix of the installation's topics
     * @param topics those that it takes records from; others are not counted
     */
    public Intake(String prefix, Collection<? extends Topic<?>> topics) {
        this.topics = topics.stream()
                .collect(Collectors.toUnmodifiableMap(
                        topic -> topic.in(prefix),
                        topic -> new Taken(topic.name(), new LongAdder(), new AtomicLong())));
    }

    public void take(ConsumerRecord<?, ?> record, InstantSource clock) {
        take(record.topic(), record.timestamp(), clock.millis());
    }

    /**
     * @param topic full name
     * @param writtenMillis the record's timestamp
     */
    public void take(String topic, long writtenMillis, long nowMillis) {
        @Nullable Taken taken = topics.get(topic);
        if (taken != null) {
            taken.records().increment();
            taken.ageMillis().set(Math.max(0, nowMillis - writtenMillis));
        }
    }

    /** @param stage label; the same after a restart */
    public void bind(MeterRegistry meters, String stage) {
        topics.values().forEach(taken -> {
            FunctionCounter.builder("intermezzo.records.taken", taken.records(), LongAdder::doubleValue)
                    .description("Records taken from a topic, those that came again included")
                    .tag("stage", stage)
                    .tag("topic", taken.topic())
                    .register(meters);
            Gauge.builder("intermezzo.records.age", taken.ageMillis(), Intake::seconds)
                    .description("How old the last record was when it was taken")
                    .baseUnit("seconds")
                    .tag("stage", stage)
                    .tag("topic", taken.topic())
                    .register(meters);
        });
    }

    private static double seconds(AtomicLong millis) {
        return millis.doubleValue() / Duration.ofSeconds(1).toMillis();
    }
}
