package dev.intermezzo.cli.acts;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.OperatorAct;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * The topic {@code operator-acts}, which keeps acts for 7 days. What one person asks is an act of one person: the state
 * machine refuses it, which keeps it on record, until a second person repeats it with both names.
 */
public final class OperatorActs {
    private final KafkaConnection connection;
    private final Codec<OperatorAct> codec = Codec.of(OperatorAct.class);

    /** @throws CommandFailure {@code topic-missing} */
    public OperatorActs(KafkaConnection connection) {
        connection.requireTopic(connection.settings().topic(Topics.OPERATOR_ACTS));
        this.connection = connection;
    }

    /** A payment's, oldest first. */
    public List<OperatorAct> of(String payment) {
        List<OperatorAct> acts = new ArrayList<>();
        scan().whereKeyIs(payment, record -> {
            if (payment.equals(record.key())) {
                acts.add(read(record));
            }
        });
        return acts;
    }

    /** Every payment's; those of one payment in their order. */
    public void all(Consumer<OperatorAct> receiver) {
        scan().all(record -> receiver.accept(read(record)));
    }

    /**
     * Those of one person that no second one has answered since.
     *
     * @param acts in their order
     * @param answers whether an act of two persons, given first, is about what this act of one person asks
     */
    public static List<OperatorAct> waiting(List<OperatorAct> acts, BiPredicate<OperatorAct, OperatorAct> answers) {
        return IntStream.range(0, acts.size())
                .filter(at -> acts.get(at).getApprover() == null
                        && acts.subList(at, acts.size()).stream()
                                .noneMatch(later -> later.getApprover() != null && answers.test(later, acts.get(at))))
                .mapToObj(acts::get)
                .toList();
    }

    /** An act of one person on a payment, without its body. */
    public static OperatorAct.Builder asked(PaymentState state, String id, String operator, InstantSource clock) {
        return OperatorAct.newBuilder()
                .setId(id)
                .setPaymentId(state.paymentId())
                .setMerchantId(state.merchantId())
                .setEnvironment(Environment.valueOf(state.environment().name()))
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setOperator(operator)
                .setApprover(null);
    }

    /** What one person asked, repeated with both names: an act of its own. */
    public static OperatorAct approved(OperatorAct asked, String approver, InstantSource clock) {
        return OperatorAct.newBuilder(asked)
                .setId(Ids.uuidV7(clock))
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setApprover(approver)
                .build();
    }

    /** @throws CommandFailure {@code second-person-needed} when it is the one who asked, however the name is spelled */
    public static void requireSecondPerson(OperatorAct asked, String approver) {
        if (asked.getOperator().equalsIgnoreCase(approver)) {
            throw new CommandFailure(
                    "second-person-needed", "Whoever asked for something cannot approve it; another person must.");
        }
    }

    /**
     * One act.
     *
     * @throws CommandFailure {@code kafka-unreachable}
     */
    public void publish(OperatorAct act) {
        publish(List.of(act));
    }

    /**
     * Returns when Kafka has taken all of them. Makes their schema known first, so that a stage of an older build can read them.
     *
     * @throws CommandFailure {@code kafka-unreachable}: some may have been taken; the same again does no harm
     */
    public void publish(List<OperatorAct> acts) {
        try (var producer = KafkaClients.producer(connection.settings(), "cli")) {
            connection.schemas().publish();
            TypedProducer<OperatorAct> sender = new TypedProducer<>(producer, connection.settings());
            sender.warmUp(Topics.OPERATOR_ACTS);
            acts.stream()
                    .map(act -> sender.send(Topics.OPERATOR_ACTS, act.getPaymentId(), act))
                    .toList()
                    .forEach(sent -> sent.join());
        } catch (CompletionException | KafkaException e) {
            throw new CommandFailure(
                    "kafka-unreachable",
                    acts.size() == 1
                            ? "Kafka did not take the act; nothing was asked for."
                            : "Kafka did not take every act; the same command again does no harm.",
                    e);
        }
    }

    private TopicScan scan() {
        return new TopicScan(connection.settings(), Topics.OPERATOR_ACTS);
    }

    private OperatorAct read(ConsumerRecord<String, byte[]> record) {
        return codec.decode(record.value(), connection.schemas());
    }
}
