package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.SendOutcome;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.journal.ShopPost;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.time.Duration;
import java.time.Instant;

/** The notifier's senders: at least once, and never after a message's time. */
final class Senders {
    private static final String PROCESS = "sender";
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final World world;
    private final Shop shop;

    Senders(World world, Shop shop) {
        this.world = world;
        this.shop = shop;
    }

    void start() {
        new CommandReader<>(world, PROCESS, Topics.NOTIFICATION_DUE, this::handle).start();
    }

    private void handle(NotificationDue due, Work work) {
        if (world.goodClockOf(PROCESS).isAfter(due.getNotAfter())) {
            work.finish();
            return;
        }
        if (work.diesBy(world, FaultKind.CRASH_BEFORE_CALL)) {
            return;
        }
        OrderJournal order = world.journal(due.getPaymentId());
        String place = "send/" + due.getId();
        Instant began = world.agenda().instant();
        Duration most = world.chance().permille(600, place) ? Duration.ofMillis(300) : DEADLINE;
        Duration there = world.chance().between(Duration.ofMillis(1), most, place);
        // The shop acts when the request arrives, which is not when it was sent; an answer takes its time as well.
        world.agenda().after(there, () -> arrive(order, due, work, began, place));
    }

    private void arrive(OrderJournal order, NotificationDue due, Work work, Instant began, String place) {
        Shop.Reply reply = shop.take(order, due.getRequest());
        Instant latest = began.plus(DEADLINE);
        Duration left = Duration.between(world.agenda().instant(), latest);
        Instant ended = reply.outcome() == SendOutcome.UNANSWERED
                ? latest
                : world.agenda().instant().plus(world.chance().between(Duration.ZERO, left.plusNanos(1), place));
        order.posts()
                .add(new ShopPost(
                        due.getId(),
                        due.getRequest().getId(),
                        due.getRequest().getStatus(),
                        due.getRequest().getCheckPending(),
                        began,
                        ended,
                        reply.reached(),
                        reply.applied()));
        world.tell(
                order,
                "sender",
                "posted " + due.getRequest().getStatus() + " (" + due.getId() + "): " + reply.outcome()
                        + ", the order is " + order.shopStatus());
        world.agenda().at(ended, () -> work.run(() -> report(due, reply, work, place)));
    }

    private void report(NotificationDue due, Shop.Reply reply, Work work, String place) {
        if (work.diesBy(world, FaultKind.CRASH_AFTER_CALL)) {
            return;
        }
        NotificationResult result = NotificationResult.newBuilder()
                .setId(Ids.result(due.getId()))
                .setPaymentId(due.getPaymentId())
                .setMerchantId(due.getMerchantId())
                .setEnvironment(due.getEnvironment())
                .setOccurredAt(world.goodClockOf(PROCESS))
                .setRequestId(due.getRequest().getId())
                .setAttempt(due.getAttempt())
                .setOutcome(reply.outcome())
                .setHttpStatus(reply.reached() && reply.outcome() != SendOutcome.UNANSWERED ? 200 : 0)
                .setShopStatus(reply.said())
                .setRetryAfterSeconds(reply.retryAfterSeconds())
                .setDurationMillis(0)
                .build();
        work.report(world, place, () -> world.append(Topics.NOTIFICATION_RESULTS, due.getPaymentId(), result));
    }
}
