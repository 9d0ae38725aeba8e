package dev.intermezzo.runtime.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain producer that is replaced when it can never send again: a lost connection heals by itself, a producer in its
 * fatal state, one that was closed, and one whose sending thread has died do not, and every later send through them fails.
 *
 * <p>Safe for use by several threads. What the former producer had not delivered fails in the callers' futures; nothing is
 * sent again behind their back.
 */
public final class RenewableProducer implements RecordSender, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RenewableProducer.class);

    /** A broker that refuses a new producer at once must not be asked for one with each record. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /**
     * A producer answers for every record within its delivery timeout, also that it could not deliver it. One that has not
     * for so long has lost the thread that does.
     */
    private static final Duration SILENT = Duration.ofSeconds(20);

    private final Supplier<Producer<String, byte[]>> producers;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Current current;
    private volatile boolean closed;

    /** A producer with the way to send through it. */
    private record Current(Producer<String, byte[]> producer, RecordSender sender, long sinceMillis) {
        static Current of(Producer<String, byte[]> producer, long sinceMillis) {
            return new Current(producer, RecordSender.of(producer), sinceMillis);
        }
    }

    public RenewableProducer(KafkaSettings settings, String clientId) {
        this(() -> KafkaClients.producer(settings, clientId), InstantSource.system());
    }

    RenewableProducer(Supplier<Producer<String, byte[]>> producers, InstantSource clock) {
        this.producers = producers;
        this.clock = clock;
        this.current = Current.of(producers.get(), clock.millis());
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        Current used = current;
        return used.sender()
                .send(record)
                .orTimeout(SILENT.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((metadata, failure) -> {
                    if (failure != null && isFatal(failure)) {
                        replaceFailed(used, failure);
                    }
                });
    }

    @Override
    public int warmUp(String topic) {
        return current.sender().warmUp(topic);
    }

    /**
     * Replaces the producer. What the former one has not delivered fails in its callers' futures; once this has returned it
     * sends nothing more.
     *
     * @throws KafkaException when no new one can be made, for instance because no broker's name can be resolved; the next
     *     record tries again
     */
    public void renew() {
        replace(current);
    }

    /** Gives what is still unsent this long; nothing can be sent afterwards. */
    public void close(Duration atMost) {
        changing.lock();
        try {
            closed = true;
            current.producer().close(atMost);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * What a lost broker causes is an {@link ApiException}, after which the producer goes on; so is what is wrong with one
     * record. A producer that has failed for good refuses with a bare {@link KafkaException}, a closed one with {@link
     * IllegalStateException}.
     */
    private static boolean isFatal(Throwable failure) {
        return switch (failure) {
            case ApiException recoverable -> false;
            case SerializationException ofTheRecord -> false;
            case InterruptException ofTheCaller -> false;
            case KafkaException fatal -> true;
            case IllegalStateException closedBefore -> true;
            case TimeoutException silent -> true;
            default -> false;
        };
    }

    /** On another thread: the failure may be told on the failed producer's own. */
    private void replaceFailed(Current used, Throwable failure) {
        boolean young = clock.millis() - used.sinceMillis() < BETWEEN.toMillis();
        if (closed || young || !used.equals(current)) {
            return;
        }
        LOG.atError().setCause(failure).log("a producer has failed for good and is replaced");
        Thread.ofVirtual().name("renew-producer").start(() -> {
            try {
                replace(used);
            } catch (KafkaException e) {
                LOG.atError().setCause(e).log("a producer could not be replaced; the next record tries again");
            }
        });
    }

    private void replace(Current used) {
        changing.lock();
        try {
            if (closed || !used.equals(current)) {
                return;
            }
            used.producer().close(Duration.ZERO);
            current = Current.of(producers.get(), clock.millis());
        } finally {
            changing.unlock();
        }
    }
}
