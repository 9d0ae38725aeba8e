package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.InternalEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Writes claims, each in one transaction with the consumed offset and with the echo that tells the orchestrator. For one
 * thread. A failed call leaves it unusable: its maker closes it and begins anew at the committed offset, since whether the
 * transaction was committed is then not known.
 */
final class ClaimWriter implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(2);
    /** Each waits {@code max.block.ms}, one second; the broker gives a transaction up after three. */
    private static final int COMMIT_TRIES = 5;

    private final Codec<ExecutionClaim> claims = Codec.of(ExecutionClaim.class);
    private final Codec<InternalEvent> internal = Codec.of(InternalEvent.class);
    private final KafkaSettings kafka;
    private final Producer<String, byte[]> producer;

    /** Fences the former self of this instance, should it still run. */
    ClaimWriter(KafkaSettings kafka) {
        this.kafka = kafka;
        this.producer = KafkaClients.transactionalProducer(kafka, "once", "once-claims");
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(CLOSE);
            throw e;
        }
    }

    /** Where the claim came to lie; it is committed then. */
    RecordMetadata claim(ConsumerRecord<String, byte[]> record, ExecutionClaim claim, ConsumerGroupMetadata group) {
        return acknowledged(ClaimTransaction.write(claim, new OnKafka(record, group)));
    }

    /** The record is done without a claim. */
    void pass(ConsumerRecord<String, byte[]> record, ConsumerGroupMetadata group) {
        producer.beginTransaction();
        producer.sendOffsetsToTransaction(after(record), group);
        commit();
    }

    /** Remembers beside the claims that an outcome was reported, so that nobody reports another. */
    @SuppressWarnings("FutureReturnValueIgnored") // committing fails with what a send failed with
    void note(List<ExecutionClaim> reported) {
        producer.beginTransaction();
        reported.forEach(claim -> send(Topics.ONCE_CLAIMS, claim.getCommandId(), claims.encode(claim)));
        commit();
    }

    ExecutionClaim claimOf(CashierCommand command, Instant at) {
        return ClaimTransaction.claimOf(command, kafka.instanceId(), at);
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    /** A commit that took too long may be asked for again; giving up would leave a claim of which nobody knows. */
    private void commit() {
        for (int tries = 1; ; tries++) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException e) {
                if (tries == COMMIT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Future<RecordMetadata> send(Topic<?> topic, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(kafka.topic(topic), key, value));
    }

    private static Map<TopicPartition, OffsetAndMetadata> after(ConsumerRecord<String, byte[]> record) {
        return Map.of(
                new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
    }

    /** A committed transaction's sends are all acknowledged. */
    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted after the claim was committed.", e);
        } catch (ExecutionException e) {
            throw new KafkaException("The claim was committed without its record.", e);
        }
    }

    /** The claim of one record. */
    private final class OnKafka implements ClaimTransaction.Log<Future<RecordMetadata>> {
        private final ConsumerRecord<String, byte[]> record;
        private final ConsumerGroupMetadata group;

        OnKafka(ConsumerRecord<String, byte[]> record, ConsumerGroupMetadata group) {
            this.record = record;
            this.group = group;
        }

        @Override
        public void begin() {
            producer.beginTransaction();
        }

        @Override
        public Future<RecordMetadata> claim(ExecutionClaim claim) {
            return send(Topics.ONCE_CLAIMS, claim.getCommandId(), claims.encode(claim));
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // committing fails with what a send failed with
        public void echo(InternalEvent started) {
            send(Topics.PAYMENT_INTERNAL, started.getPaymentId(), internal.encode(started));
        }

        @Override
        public void take() {
            producer.sendOffsetsToTransaction(after(record), group);
        }

        @Override
        public void commit() {
            ClaimWriter.this.commit();
        }
    }
}
