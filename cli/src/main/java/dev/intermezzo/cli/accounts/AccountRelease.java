package dev.intermezzo.cli.accounts;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of an account whose credentials Mozarto refused that it works again. Each payment with a call that waits is told by
 * an act of its own; whether it still waits is the state machine's to know, and one that does not takes no effect.
 */
final class AccountRelease {
    private final KafkaConnection connection;
    private final InstantSource clock;

    AccountRelease(KafkaConnection connection, InstantSource clock) {
        connection.requireTopic(connection.settings().topic(Topics.CASHIER_RESULTS));
        connection.requireTopic(connection.settings().topic(Topics.OPERATOR_ACTS));
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * @return ids of the payments that were told
     * @throws CommandFailure {@code kafka-unreachable}: some may have been told; the same again does no harm
     */
    List<String> release(String account, String operator) {
        List<CashierResult> held = held(account);
        new OperatorActs(connection)
                .publish(held.stream()
                        .map(result -> act(result, account, operator))
                        .toList());
        return held.stream().map(CashierResult::getPaymentId).toList();
    }

    /**
     * The payments of which some call was last answered by a refusal of this account's credentials. Answers are kept for
     * longer than an order may be paid by default (7 days).
     */
    private List<CashierResult> held(String account) {
        Codec<CashierResult> codec = Codec.of(CashierResult.class);
        Map<String, CashierResult> waiting = new LinkedHashMap<>();
        new TopicScan(connection.settings(), Topics.CASHIER_RESULTS).all(record -> {
            CashierResult result = codec.decode(record.value(), connection.schemas());
            String call = result.getPaymentId() + '#' + result.getAttempt();
            if (result.getAccount().equals(account) && unauthenticated(result)) {
                waiting.put(call, result);
            } else {
                waiting.remove(call);
            }
        });
        Map<String, CashierResult> payments = new LinkedHashMap<>();
        waiting.values().forEach(result -> payments.putIfAbsent(result.getPaymentId(), result));
        return List.copyOf(payments.values());
    }

    private static boolean unauthenticated(CashierResult result) {
        return result.getBody() instanceof Rejected rejected
                && rejected.getCategory() == RejectionCategory.ACCOUNT_AUTHENTICATION;
    }

    private OperatorAct act(CashierResult held, String account, String operator) {
        return OperatorAct.newBuilder()
                .setId(Ids.uuidV7(clock))
                .setPaymentId(held.getPaymentId())
                .setMerchantId(held.getMerchantId())
                .setEnvironment(held.getEnvironment())
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setOperator(operator)
                .setApprover(null)
                .setBody(new AccountReleased(account))
                .build();
    }
}
