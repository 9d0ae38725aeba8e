package dev.intermezzo.cli.deadletters;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Puts original records back on the topic they came from, under their key. Only their key and value: trace context is not
 * part of a letter. Topics that are written in transactions get a transaction of their own.
 */
final class Resubmission {
    /** Header that names the letter, for whoever looks at the topic. */
    private static final String HEADER = "retry-of";

    private static final String CLIENT = "cli-retry";

    private final KafkaConnection connection;

    Resubmission(KafkaConnection connection) {
        this.connection = connection;
    }

    /** @throws CommandFailure {@code kafka-unreachable} when it was not taken */
    void give(DeadLetter letter, Topic<?> topic, Original original) {
        var record = new ProducerRecord<>(connection.settings().topic(topic), letter.getPaymentId(), original.bytes());
        record.headers().add(HEADER, letter.getId().getBytes(StandardCharsets.UTF_8));
        try {
            switch (topic.writer()) {
                case PLAIN, BOTH -> plainly(record);
                case TRANSACTIONAL -> inTransaction(record);
            }
        } catch (KafkaException | ExecutionException e) {
            throw notTaken(letter, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notTaken(letter, e);
        }
    }

    private void plainly(ProducerRecord<String, byte[]> record) throws ExecutionException, InterruptedException {
        try (Producer<String, byte[]> producer = KafkaClients.producer(connection.settings(), CLIENT)) {
            // The producer gives up after a second, which a first look at the cluster may need.
            var unused = producer.partitionsFor(record.topic());
            producer.send(record).get();
        }
    }

    private void inTransaction(ProducerRecord<String, byte[]> record) throws ExecutionException, InterruptedException {
        try (Producer<String, byte[]> producer =
                KafkaClients.transactionalProducer(connection.settings(), CLIENT, CLIENT)) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> sent = producer.send(record);
            producer.commitTransaction();
            sent.get();
        }
    }

    private static CommandFailure notTaken(DeadLetter letter, Exception cause) {
        return new CommandFailure(
                "kafka-unreachable",
                "Kafka did not take " + letter.getId() + ": " + cause.getMessage()
                        + ". Letters before it in the list were given back; giving one back twice does no harm.",
                cause);
    }
}
