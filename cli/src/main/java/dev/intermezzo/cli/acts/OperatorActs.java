package dev.intermezzo.cli.acts;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.OperatorAct;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Publishes acts of which a repeat does no harm. */
public final class OperatorActs {
    private final KafkaConnection connection;

    /** @throws CommandFailure {@code topic-missing} */
    public OperatorActs(KafkaConnection connection) {
        connection.requireTopic(connection.settings().topic(Topics.OPERATOR_ACTS));
        this.connection = connection;
    }

    /**
     * Returns when Kafka has taken all of them.
     *
     * @throws CommandFailure {@code kafka-unreachable}: some may have been taken; the same again does no harm
     */
    public void publish(List<OperatorAct> acts) {
        try (var producer = KafkaClients.producer(connection.settings(), "cli")) {
            TypedProducer<OperatorAct> sender = new TypedProducer<>(producer, connection.settings());
            sender.warmUp(Topics.OPERATOR_ACTS);
            acts.stream()
                    .map(act -> sender.send(Topics.OPERATOR_ACTS, act.getPaymentId(), act))
                    .toList()
                    .forEach(sent -> sent.join());
        } catch (CompletionException e) {
            throw new CommandFailure(
                    "kafka-unreachable", "Kafka did not take every act; the same command again does no harm.", e);
        }
    }
}
