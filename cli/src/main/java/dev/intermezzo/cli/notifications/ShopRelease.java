package dev.intermezzo.cli.notifications;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.OperatorAct;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of a shop that it works again, to each payment with a message that is parked for it. Whether the message still waits
 * is the state machine's and the schedule's to know; one that does not is not sent.
 */
final class ShopRelease {
    private static final Duration TAKEN_UP_WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final OperatorActs acts;
    private final InstantSource clock;

    ShopRelease(KafkaConnection connection, InstantSource clock) {
        this.acts = new OperatorActs(connection);
        this.clock = clock;
    }

    /**
     * @param approver the second person, whom a release in bulk needs; null: one person said it of one payment
     * @throws dev.intermezzo.cli.output.CommandFailure {@code kafka-unreachable}
     */
    void release(List<ParkedMessage> parked, String operator, @Nullable String approver) {
        acts.publish(parked.stream().map(each -> act(each, operator, approver)).toList());
    }

    /**
     * Waits until the schedule has taken these up, but not for longer than 15 s.
     *
     * @param now what is parked, looked at again and again
     * @return those that it has not taken up
     */
    static List<ParkedMessage> stillParked(List<ParkedMessage> released, Supplier<List<ParkedMessage>> now) {
        long begun = System.nanoTime();
        while (true) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            Map<String, ParkedMessage> parked =
                    now.get().stream().collect(Collectors.toMap(ParkedMessage::payment, Function.identity()));
            List<ParkedMessage> left = released.stream()
                    .filter(each -> parked.containsKey(each.payment())
                            && parked.get(each.payment()).isStill(each))
                    .toList();
            if (left.isEmpty() || System.nanoTime() - begun > TAKEN_UP_WITHIN.toNanos()) {
                return left;
            }
        }
    }

    private OperatorAct act(ParkedMessage parked, String operator, @Nullable String approver) {
        return OperatorAct.newBuilder()
                .setId(Ids.uuidV7(clock))
                .setPaymentId(parked.payment())
                .setMerchantId(parked.merchant())
                .setEnvironment(parked.request().getEnvironment())
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setOperator(operator)
                .setApprover(approver)
                .setBody(new AccountReleased(Ids.shop(parked.request().getIntegrationId())))
                .build();
    }
}
