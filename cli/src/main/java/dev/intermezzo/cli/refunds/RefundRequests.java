package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundRequested;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Refund acts on {@code operator-acts}. A request, or a record, is an act of one person: the state machine refuses it, which
 * keeps it on record, until a second person repeats it with both names.
 */
final class RefundRequests {
    private final KafkaConnection connection;

    RefundRequests(KafkaConnection connection) {
        connection.requireTopic(connection.settings().topic(Topics.OPERATOR_ACTS));
        this.connection = connection;
    }

    /** The payment's, oldest first; as far back as the topic keeps them (7 days). */
    List<OperatorAct> of(String payment) {
        List<OperatorAct> acts = new ArrayList<>();
        Codec<OperatorAct> codec = Codec.of(OperatorAct.class);
        new TopicScan(connection.settings(), Topics.OPERATOR_ACTS).whereKeyIs(payment, record -> {
            if (payment.equals(record.key())) {
                acts.add(codec.decode(record.value(), connection.schemas()));
            }
        });
        return acts.stream().filter(act -> RefundWish.of(act).isPresent()).toList();
    }

    /** One person's request; the newest of that id. */
    Optional<OperatorAct> find(String payment, String refundId) {
        return of(payment).stream()
                .filter(act ->
                        act.getApprover() == null && RefundWish.in(act).id().equals(refundId))
                .reduce((older, newer) -> newer);
    }

    /** Those of one person that no second one has answered since. */
    List<OperatorAct> waiting(String payment) {
        List<OperatorAct> acts = of(payment);
        return IntStream.range(0, acts.size())
                .filter(at -> acts.get(at).getApprover() == null
                        && acts.subList(at, acts.size()).stream()
                                .noneMatch(later -> later.getApprover() != null
                                        && RefundWish.in(later)
                                                .id()
                                                .equals(RefundWish.in(acts.get(at))
                                                        .id())))
                .mapToObj(acts::get)
                .toList();
    }

    /** What two persons approved for a merchant to be paid out on this day (UTC), whatever became of it. */
    BigDecimal approvedOn(LocalDate day, String merchantId, String currency) {
        List<BigDecimal> amounts = new ArrayList<>();
        Codec<OperatorAct> codec = Codec.of(OperatorAct.class);
        new TopicScan(connection.settings(), Topics.OPERATOR_ACTS).all(record -> {
            OperatorAct act = codec.decode(record.value(), connection.schemas());
            boolean counts = act.getApprover() != null
                    && act.getMerchantId().equals(merchantId)
                    && act.getOccurredAt().atZone(ZoneOffset.UTC).toLocalDate().equals(day);
            if (counts
                    && act.getBody() instanceof RefundRequested wish
                    && wish.getAmount().getCurrency().equals(currency)) {
                amounts.add(wish.getAmount().getAmount());
            }
        });
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** An act of one person on a payment, without its body. */
    static OperatorAct.Builder act(PaymentState state, String id, String operator, InstantSource clock) {
        return OperatorAct.newBuilder()
                .setId(id)
                .setPaymentId(state.paymentId())
                .setMerchantId(state.merchantId())
                .setEnvironment(Environment.valueOf(state.environment().name()))
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setOperator(operator)
                .setApprover(null);
    }

    void publish(OperatorAct act) {
        try (var producer = KafkaClients.producer(connection.settings(), "cli")) {
            TypedProducer<OperatorAct> acts = new TypedProducer<>(producer, connection.settings());
            acts.warmUp(Topics.OPERATOR_ACTS);
            acts.send(Topics.OPERATOR_ACTS, act.getPaymentId(), act).join();
        } catch (CompletionException e) {
            throw new CommandFailure("kafka-unreachable", "Kafka did not take the act; nothing was asked for.", e);
        }
    }
}
