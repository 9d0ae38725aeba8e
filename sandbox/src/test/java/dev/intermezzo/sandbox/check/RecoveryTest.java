package dev.intermezzo.sandbox.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final Instant BLOW = Instant.parse("2026-03-01T10:00:00Z");

    private final List<OrderSnapshot> orders = new ArrayList<>();
    private final List<NotifyCall> calls = new ArrayList<>();

    @Test
    void the_slowest_partition_counts_with_its_first_payment_that_began_after_the_blow() {
        // Given
        payment("0-before", -1, 1);
        payment("0-first", 1, 3);
        payment("0-second", 1, 9);
        payment("1-first", 2, 7);
        payment("1-second", 3, 8);

        // When / Then
        assertThat(recovery(2).after(BLOW)).contains(Duration.ofSeconds(7));
    }

    @Test
    void a_partition_that_settled_only_what_began_before_has_not_recovered() {
        payment("0-first", 1, 3);
        payment("1-before", -1, 5);

        assertThat(recovery(2).after(BLOW)).isEmpty();
    }

    @Test
    void only_a_post_that_changed_the_order_settles_it() {
        payment("0-first", 1, 3);
        orders.add(order("1-first", 1));
        calls.add(call("1-first", 4, NotifyEffect.NOT_PROCESSED));

        assertThat(recovery(2).after(BLOW)).isEmpty();
    }

    @Test
    void posts_that_a_shop_answered_and_got_again_are_counted_and_those_that_a_fault_explains_are_not() {
        calls.add(call("0-a", 1, NotifyEffect.CHANGED));
        calls.add(call("0-a", 2, NotifyEffect.SAME_AGAIN));
        calls.add(
                new NotifyCall(BLOW, "0-b", "approved", true, true, NotifyFault.LOST_ANSWER, NotifyEffect.CHANGED, 0));
        calls.add(call("0-b", 2, NotifyEffect.REFUSED_NOT_PENDING));

        assertThat(Repeats.of(calls)).isEqualTo(1);
    }

    private Recovery recovery(int partitions) {
        return new Recovery(orders, calls, uuid -> uuid.charAt(0) - '0', partitions);
    }

    private void payment(String uuid, int made, int told) {
        orders.add(order(uuid, made));
        calls.add(call(uuid, told, NotifyEffect.CHANGED));
        calls.add(call(uuid, told + 1, NotifyEffect.SAME_AGAIN));
    }

    private static OrderSnapshot order(String uuid, int made) {
        return new OrderSnapshot(
                uuid,
                "invoice",
                BigDecimal.ONE,
                "CAD",
                Buyer.example("buyer@example.com"),
                FaultPlan.NONE,
                PaymentStatus.PAID,
                1,
                BLOW.plusSeconds(made));
    }

    private static NotifyCall call(String uuid, int at, NotifyEffect effect) {
        return new NotifyCall(BLOW.plusSeconds(at), uuid, "approved", true, true, NotifyFault.NONE, effect, 200);
    }
}
