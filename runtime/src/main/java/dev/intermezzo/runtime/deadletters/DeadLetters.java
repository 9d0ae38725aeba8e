package dev.intermezzo.runtime.deadletters;

import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.DeadLetter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters: the original value sealed to the vault, with the position it came from. The id derives from stage and
 * position, so a record that is met again makes the same letter.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Sealer sealer;
    private final InstantSource clock;
    private final LongAdder made = new LongAdder();

    public DeadLetters(Vault vault, InstantSource clock) {
        this(vault::seal, clock);
    }

    /** With another way to seal; for the simulator, whose letters must be the same in every run. */
    public DeadLetters(Sealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Seals a letter's original, as {@link Vault#seal} does. */
    @FunctionalInterface
    public interface Sealer {
        byte[] seal(String context, byte[] plain);
    }

    /**
     * @param code stable
     * @param reason a sentence without anything from the value
     */
    public DeadLetter of(String stage, ConsumerRecord<String, byte[]> record, String code, String reason) {
        Position position = new Position(record.topic(), record.partition(), record.offset());
        return of(stage, position, record.key(), record.value(), code, reason);
    }

    /**
     * The same for a stage that holds no consumer record, such as a Streams processor.
     *
     * @param key original key; becomes the letter's payment id, since most topics are keyed so
     */
    public DeadLetter of(
            String stage,
            Position position,
            @Nullable String key,
            byte @Nullable [] value,
            String code,
            String reason) {
        String id = stage + ":" + position;
        made.increment();
        LOG.atError()
                .addKeyValue("stage", stage)
                .addKeyValue("position", position)
                .addKeyValue("code", code)
                .log("dead letter: {}", reason);
        return DeadLetter.newBuilder()
                .setId(id)
                .setPaymentId(key == null ? "" : key)
                .setMerchantId("")
                .setEnvironment(null)
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setStage(stage)
                .setSourceTopic(position.topic())
                .setSourcePartition(position.partition())
                .setSourceOffset(position.offset())
                .setCode(code)
                .setReason(reason)
                .setSealedOriginal(ByteBuffer.wrap(sealer.seal(id, value == null ? new byte[0] : value)))
                .build();
    }

    /** Registers how many letters were made here, those that were made again included. */
    public void measure(MeterRegistry meters, String stage) {
        FunctionCounter.builder("intermezzo.dead.letters", made, LongAdder::doubleValue)
                .description("Records that a stage could not take and put aside")
                .tag("stage", stage)
                .register(meters);
    }

    /** Publishes a letter under its original key. */
    public CompletableFuture<RecordMetadata> publish(TypedProducer<DeadLetter> producer, DeadLetter letter) {
        return producer.send(Topics.DEAD_LETTERS, letter.getPaymentId(), letter);
    }

    /** Where a record lies. */
    public record Position(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }
}
