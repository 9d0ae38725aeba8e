package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.WarmUp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One synthetic record through each partition that this instance works on, before it calls itself ready: the first payment
 * then meets open connections and loaded code. A record that came through also shows that what was waiting before it is
 * worked off. Partitions of other instances are theirs to warm.
 */
final class WarmUpRound {
    /** A record may have gone to an instance that owned its partition for a moment. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    /** Takes the place of a key and of a payment id; no payment is called so. */
    static final String NAME = "warm-up";

    private static final Logger LOG = LoggerFactory.getLogger(WarmUpRound.class);

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final InstantSource clock;
    private final String id;
    private final Codec<PaymentEvent> codec = Codec.of(PaymentEvent.class);
    private final Map<Integer, Instant> sent = new ConcurrentHashMap<>();
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean passed;

    /** @param topic full name of payment-events */
    WarmUpRound(Producer<String, byte[]> producer, String topic, InstantSource clock) {
        this.producer = producer;
        this.topic = topic;
        this.clock = clock;
        this.id = NAME + "-" + Ids.uuidV7(clock);
    }

    /** A warm-up came through a partition; those of others do not count. Called by stream threads. */
    void seen(String warmUp, int partition) {
        if (warmUp.equals(id)) {
            seen.add(partition);
        }
    }

    /**
     * Sends what is missing and looks what has come through. Called by one thread, again and again until it returns true.
     *
     * @param owned partitions this instance works on now
     * @return whether nothing is left to do; false while it owns nothing, since what comes later is cold
     */
    boolean look(Set<Integer> owned) {
        Instant now = clock.instant();
        for (int partition : owned) {
            Instant before = sent.get(partition);
            if (!seen.contains(partition) && (before == null || !now.isBefore(before.plus(AGAIN)))) {
                send(partition, now);
            }
        }
        passed = seen.containsAll(owned);
        return passed && !owned.isEmpty();
    }

    /** Whether every partition owned at the last look is warm; an instance that only stands by is not held up. */
    boolean passed() {
        return passed;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
    private void send(int partition, Instant now) {
        PaymentEvent event =
                new PaymentEvent(id, NAME, "", Environment.SANDBOX, now.truncatedTo(ChronoUnit.MICROS), new WarmUp());
        sent.put(partition, now);
        try {
            producer.send(new ProducerRecord<>(topic, partition, NAME, codec.encode(event)), (metadata, failure) -> {
                if (failure != null) {
                    failed(partition, failure);
                }
            });
        } catch (RuntimeException e) {
            failed(partition, e);
        }
    }

    /** Sent again at the next look. */
    private void failed(int partition, Exception failure) {
        sent.remove(partition);
        LOG.atWarn().addKeyValue("partition", partition).setCause(failure).log("a warm-up could not be sent");
    }
}
