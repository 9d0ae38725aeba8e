package dev.intermezzo.runtime.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients that Streams would make itself, but producers tell the pace how long a commit takes, and consumers rest and go in steps. */
final class PacedClients implements KafkaClientSupplier {
    private final CommitPace pace;
    private final LongSupplier nanoTime;

    PacedClients(CommitPace pace) {
        this(pace, System::nanoTime);
    }

    /** @param nanoTime by which copies go in steps */
    PacedClients(CommitPace pace, LongSupplier nanoTime) {
        this.pace = pace;
        this.nanoTime = nanoTime;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new PacedProducer(config, pace.new Clock());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new SteppingConsumer(config, new CopySteps(nanoTime));
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new RestingConsumer(config);
    }

    private static final class RestingConsumer extends KafkaConsumer<byte[], byte[]> {
        private final Rest rest = new Rest();

        RestingConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration asked) {
            ConsumerRecords<byte[], byte[]> records = super.poll(rest.waitFor(asked));
            if (!records.isEmpty()) {
                rest.disturbed();
            }
            return records;
        }
    }

    /** Follows changelogs, for state that this instance works with or keeps for another. */
    private static final class SteppingConsumer extends KafkaConsumer<byte[], byte[]> {
        private final CopySteps steps;

        SteppingConsumer(Map<String, Object> config, CopySteps steps) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.steps = steps;
        }

        @Override
        public void assign(Collection<TopicPartition> partitions) {
            super.assign(partitions);
            steps.changed();
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration asked) {
            Duration pause = steps.untilNext();
            if (pause.isPositive()) {
                // Not the whole pause: the thread has to see that it was given other state, or is to end.
                LockSupport.parkNanos(Math.min(pause.toNanos(), Rest.LONG.toNanos()));
                return ConsumerRecords.empty();
            }
            ConsumerRecords<byte[], byte[]> records = super.poll(asked);
            steps.asked(!records.isEmpty());
            return records;
        }
    }

    /** Streams flushes and then commits; both are the commit's time. */
    private static final class PacedProducer extends KafkaProducer<byte[], byte[]> {
        private final CommitPace.Clock clock;

        PacedProducer(Map<String, Object> config, CommitPace.Clock clock) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
            this.clock = clock;
        }

        @Override
        public void flush() {
            clock.committing();
            super.flush();
        }

        @Override
        public void abortTransaction() {
            clock.aborted();
            super.abortTransaction();
        }

        @Override
        public void commitTransaction() {
            clock.committing();
            try {
                super.commitTransaction();
            } finally {
                clock.committed();
            }
        }
    }
}
