package dev.intermezzo.notifier;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Schedule and senders against a real broker and simulated shops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotifierTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final List<Duration> DELAYS = List.of(
            Duration.ZERO,
            Duration.ofMillis(300),
            Duration.ofMillis(600),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    private NotifierWorld world;
    private SimulatedShop shop;
    private SimulatedShop dead;

    @BeforeAll
    void start(@TempDir Path stateDir) {
        world = new NotifierWorld(stateDir, DELAYS, Duration.ofMillis(1500));
        shop = world.openShop("demo-shop");
        dead = world.openShop("dead-shop");
        world.startServices();
        await().atMost(LONG).until(world::ready);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void a_shop_that_fails_twice_is_told_everything_in_order() {
        // Given
        OrderSnapshot order = world.newOrder(shop, FaultPlan.of(NotifyFault.ERROR_500, 2));

        // When
        String failed = world.tell("demo-shop", order, NotifyStatus.FAILED, true);
        await().atMost(LONG).until(() -> endOf(failed) == NotificationEnd.DELIVERED);
        String approved = world.tell("demo-shop", order, NotifyStatus.APPROVED, false);
        await().atMost(LONG).until(() -> endOf(approved) == NotificationEnd.DELIVERED);

        // Then
        assertThat(callsFor(shop, order))
                .extracting(call -> call.status() + " " + call.answered())
                .containsExactly("failed 500", "failed 500", "failed 200", "approved 200");
        assertThat(callsFor(shop, order)).allMatch(NotifyCall::signatureValid);
        assertThat(attemptsOf(failed)).isEqualTo(3);
        assertThat(statusOf(shop, order)).isEqualTo("paid");
    }

    @Test
    void a_lost_answer_is_asked_again_and_the_refusal_that_names_our_status_is_a_delivery() {
        // Given
        OrderSnapshot order = world.newOrder(shop, FaultPlan.of(NotifyFault.LOST_ANSWER, 1));

        // When
        String approved = world.tell("demo-shop", order, NotifyStatus.APPROVED, true);
        await().atMost(LONG).until(() -> endOf(approved) == NotificationEnd.DELIVERED);

        // Then
        assertThat(outcomesOf(approved)).containsExactly(SendOutcome.UNANSWERED, SendOutcome.NOT_PENDING);
        assertThat(statusOf(shop, order)).isEqualTo("paid");
    }

    @Test
    void every_attempt_is_reported_and_the_end_is_told_once() {
        // Given
        OrderSnapshot order = world.newOrder(shop, FaultPlan.of(NotifyFault.ERROR_500, 1));

        // When
        String approved = world.tell("demo-shop", order, NotifyStatus.APPROVED, true);
        await().atMost(LONG).until(() -> endOf(approved) == NotificationEnd.DELIVERED);

        // Then
        assertThat(outcomesOf(approved)).containsExactly(SendOutcome.FAILED, SendOutcome.DELIVERED);
        assertThat(ends().stream().filter(end -> end.getRequestId().equals(approved)))
                .hasSize(1);
    }

    @Test
    void a_shop_that_never_works_is_parked() {
        // Given
        OrderSnapshot order = world.newOrder(shop, FaultPlan.of(NotifyFault.ERROR_500, 10));

        // When
        String approved = world.tell("demo-shop", order, NotifyStatus.APPROVED, true);
        await().atMost(LONG).until(() -> endOf(approved) == NotificationEnd.PARKED);

        // Then
        assertThat(attemptsOf(approved)).isEqualTo(DELAYS.size());
        assertThat(statusOf(shop, order)).isEqualTo("pending");
    }

    @Test
    void a_dead_shop_does_not_slow_another() {
        // Given
        for (int n = 0; n < 100; n++) {
            OrderSnapshot hanging = world.newOrder(dead, FaultPlan.of(NotifyFault.HANG, 10));
            world.tell("dead-shop", hanging, NotifyStatus.APPROVED, true);
        }
        await().atMost(LONG).until(() -> !dead.journal().isEmpty());

        // When
        List<OrderSnapshot> orders = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            OrderSnapshot order = world.newOrder(shop, FaultPlan.NONE);
            orders.add(order);
            world.tell("demo-shop", order, NotifyStatus.APPROVED, true);
        }
        await().atMost(LONG)
                .until(() ->
                        orders.stream().allMatch(order -> statusOf(shop, order).equals("paid")));

        // Then: all of them while the dead shop still has not let go of the first messages
        assertThat(ends()).noneMatch(end -> end.getRequestId().startsWith("dead-shop"));
        assertThat(dead.journal()).hasSizeLessThan(100);
    }

    @Test
    void what_was_waiting_survives_a_restart() {
        // Given
        OrderSnapshot order = world.newOrder(shop, FaultPlan.of(NotifyFault.ERROR_500, 3));
        String approved = world.tell("demo-shop", order, NotifyStatus.APPROVED, true);
        await().atMost(LONG).until(() -> !outcomesOf(approved).isEmpty());

        // When
        world.restartServices();
        await().atMost(LONG).until(() -> endOf(approved) == NotificationEnd.DELIVERED);

        // Then
        assertThat(statusOf(shop, order)).isEqualTo("paid");
    }

    private static List<NotifyCall> callsFor(SimulatedShop shop, OrderSnapshot order) {
        return shop.journal().stream()
                .filter(call -> call.orderUuid().equals(order.uuid()))
                .toList();
    }

    private static String statusOf(SimulatedShop shop, OrderSnapshot order) {
        return shop.order(order.uuid()).orElseThrow().status().word();
    }

    private List<NotificationEnded> ends() {
        return world.read(Topics.PAYMENT_INTERNAL).stream()
                .map(event -> (NotificationEnded) event.getBody())
                .toList();
    }

    private @Nullable NotificationEnd endOf(String requestId) {
        return ends().stream()
                .filter(end -> end.getRequestId().equals(requestId))
                .map(NotificationEnded::getEnd)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private int attemptsOf(String requestId) {
        return requireNonNull(ends().stream()
                        .filter(end -> end.getRequestId().equals(requestId))
                        .map(NotificationEnded::getAttempts)
                        .reduce((earlier, later) -> later)
                        .orElse(null))
                .intValue();
    }

    private List<SendOutcome> outcomesOf(String requestId) {
        return world.read(Topics.NOTIFICATION_RESULTS).stream()
                .filter(result -> result.getRequestId().equals(requestId))
                .map(NotificationResult::getOutcome)
                .toList();
    }
}
