package dev.intermezzo.cli.acts;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.topology.StoredPayments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Payments as the orchestrator has them, read from {@link StoredPayments}: the state that its next decision begins with,
 * whichever build made it.
 */
public final class KeptPayments {
    private final KafkaConnection connection;
    private final StoredPayments stored;
    private final String topic;

    /** @throws CommandFailure {@code topic-missing} when no orchestrator has ever started */
    public KeptPayments(KafkaConnection connection) {
        this.connection = connection;
        this.topic = StoredPayments.topic(connection.settings());
        connection.requireTopic(topic);
        this.stored = new StoredPayments(connection.schemas());
    }

    /** The topic that keeps them; a payment that was changed lately stands there several times. */
    public TopicScan scan() {
        return new TopicScan(connection.settings(), "cli-payments", topic);
    }

    /** What a record of the topic says; empty when this build cannot read it. */
    public Optional<PaymentState> read(ConsumerRecord<String, byte[]> record) {
        return stored.read(record.value());
    }

    /** @throws CommandFailure {@code payment-not-found} or {@code state-unreadable} */
    public PaymentState state(String payment) {
        List<ConsumerRecord<String, byte[]>> last = new ArrayList<>(1);
        scan().whereKeyIs(payment, record -> {
            if (payment.equals(record.key())) {
                last.clear();
                if (record.value() != null) {
                    last.add(record);
                }
            }
        });
        if (last.isEmpty()) {
            throw new CommandFailure(
                    "payment-not-found",
                    "The orchestrator has no payment with this id. Give it whole; 'intermezzo audit show' finds it.");
        }
        return read(last.getFirst())
                .orElseThrow(() -> new CommandFailure(
                        "state-unreadable",
                        "This build cannot read the payment's state; use the build that the orchestrator runs."));
    }
}
