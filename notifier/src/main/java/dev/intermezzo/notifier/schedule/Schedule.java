package dev.intermezzo.notifier.schedule;

import dev.intermezzo.notifier.schedule.ScheduleInput.DueTimeReached;
import dev.intermezzo.notifier.schedule.ScheduleInput.Redrive;
import dev.intermezzo.notifier.schedule.ScheduleInput.Reported;
import dev.intermezzo.notifier.schedule.ScheduleInput.Requested;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the shop is told about one order, as a pure function: the same inputs at the same times give the same outputs.
 *
 * <p>What holds whatever the order, repetition or loss of inputs:
 *
 * <ul>
 *   <li>One message is in flight, at most one waits behind it. The latest wins, but {@code approved} is never replaced
 *       by {@code failed}, and a {@code failed} that comes after {@code approved} is superseded at once.
 *   <li>A message that is not in flight is not kept before a later one: a newer message supersedes one that only waits
 *       for its next attempt or is parked, so that an order that was paid is not held up by telling that it was not.
 *   <li>Each request ends exactly once as delivered, superseded or contradicted by the shop, or is still open. Being
 *       parked is told too, and can be followed by one of these after a re-drive.
 *   <li>A repeated request and a repeated or outdated report change nothing.
 * </ul>
 *
 * <p>Phases: {@code WAITING_UNTIL_DUE} → (due) → {@code SENT} → (report) → delivered: {@code IDLE}; not delivered:
 * {@code WAITING_UNTIL_DUE} or, after the last attempt, {@code PARKED}. A due message without a report by the end of its
 * lease is issued again under its number. {@code IDLE} is forgotten in the end.
 */
public final class Schedule {

    private final SchedulePolicy policy;

    /** A schedule with these waits and bounds. */
    public Schedule(SchedulePolicy policy) {
        this.policy = policy;
    }

    /**
     * Takes one input.
     *
     * @param before the order's state; null when nothing is remembered of it
     * @param now the time of the step; counts in whole microseconds
     */
    public ScheduleStep step(@Nullable ScheduleState before, ScheduleInput input, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return switch (input) {
            case Requested requested -> requested(before, requested.request(), at);
            case Reported reported -> reported(before, reported.result(), at);
            case DueTimeReached reached -> dueTimeReached(before, reached.due(), at);
            case Redrive redrive -> redrive(before, redrive.requestId(), at);
        };
    }

    private ScheduleStep requested(@Nullable ScheduleState before, NotificationRequest request, Instant now) {
        OrderInProgress order = before == null
                ? OrderInProgress.of(request.getPaymentId(), policy, now)
                : OrderInProgress.from(before, policy, now);
        if (order.knows(request.getId())) {
            return order.done();
        }
        order.remember(request.getId());
        if (request.getStatus() == NotifyStatus.FAILED && order.approvedStands()) {
            order.end(request, NotificationEnd.SUPERSEDED, 0, null);
        } else if (order.phase() == SchedulePhase.SENT) {
            order.letWait(request);
        } else {
            order.supersedeCurrent();
            order.begin(request);
        }
        return order.done();
    }

    private ScheduleStep reported(@Nullable ScheduleState before, NotificationResult result, Instant now) {
        if (before == null) {
            return new ScheduleStep(null, List.of());
        }
        OrderInProgress order = OrderInProgress.from(before, policy, now);
        if (!order.isAbout(result)) {
            return order.done();
        }
        if (order.phase() == SchedulePhase.SENT) {
            if (order.answersPresentIssue(result)) {
                settle(order, result);
            }
        } else if (result.getOutcome() == SendOutcome.DELIVERED) {
            // An answer that came after its lease still says that the shop knows.
            order.finish(NotificationEnd.DELIVERED, result.getShopStatus());
        }
        return order.done();
    }

    private void settle(OrderInProgress order, NotificationResult result) {
        switch (result.getOutcome()) {
            case DELIVERED -> order.finish(NotificationEnd.DELIVERED, result.getShopStatus());
            case NOT_PENDING -> refused(order, result);
            case ERROR_UNREADABLE -> unreadable(order, result);
            case FAILED, NOT_SENT -> order.retry(retryAfter(result));
            case UNANSWERED, OTHER -> {
                // A kind of report that only a newer build knows is no answer that this one could stand on.
                order.noteUnanswered();
                order.retry(retryAfter(result));
            }
            case DEFERRED -> order.defer(retryAfter(result));
        }
    }

    /** check_pending: the shop changes a pending status only, and says which one it has instead. */
    private void refused(OrderInProgress order, NotificationResult result) {
        ShopStatus says = ShopStatus.read(result.getShopStatus());
        switch (says) {
            case PAID, FAILED -> {
                // Another status is never our own doing, unanswered send or not: somebody has to look.
                boolean agrees = says.is(order.currentStatus());
                order.finish(
                        agrees ? NotificationEnd.DELIVERED : NotificationEnd.SHOP_DISAGREES, result.getShopStatus());
            }
            case PENDING -> unreadable(order, result);
            case ANOTHER, UNNAMED -> {
                if (order.earlierUnanswered()) {
                    order.finish(NotificationEnd.DELIVERED, result.getShopStatus());
                } else if (says == ShopStatus.ANOTHER) {
                    order.finish(NotificationEnd.SHOP_DISAGREES, result.getShopStatus());
                } else {
                    unreadable(order, result);
                }
            }
        }
    }

    private void unreadable(OrderInProgress order, NotificationResult result) {
        if (order.countUnreadable() > SchedulePolicy.UNREADABLE_RETRIES) {
            order.park(result.getShopStatus());
        } else {
            order.retry(retryAfter(result));
        }
    }

    private ScheduleStep dueTimeReached(@Nullable ScheduleState before, Instant due, Instant now) {
        if (before == null) {
            return new ScheduleStep(null, List.of());
        }
        OrderInProgress order = OrderInProgress.from(before, policy, now);
        if (!order.isDueAt(due)) {
            return order.done();
        }
        return switch (order.phase()) {
            case WAITING_UNTIL_DUE -> {
                order.send();
                yield order.done();
            }
            case SENT -> {
                order.leaseEnded();
                yield order.done();
            }
            case PARKED -> order.done();
            case IDLE -> new ScheduleStep(null, List.of());
        };
    }

    private ScheduleStep redrive(@Nullable ScheduleState before, String requestId, Instant now) {
        if (before == null) {
            return new ScheduleStep(null, List.of());
        }
        OrderInProgress order = OrderInProgress.from(before, policy, now);
        if (order.phase() == SchedulePhase.PARKED && order.isCurrent(requestId)) {
            order.driveAgain();
        }
        return order.done();
    }

    private static @Nullable Duration retryAfter(NotificationResult result) {
        Integer seconds = result.getRetryAfterSeconds();
        if (seconds == null) {
            return null;
        }
        Duration asked = Duration.ofSeconds(seconds);
        if (asked.compareTo(SchedulePolicy.LEAST_RETRY_AFTER) < 0) {
            return SchedulePolicy.LEAST_RETRY_AFTER;
        }
        return asked.compareTo(SchedulePolicy.MOST_RETRY_AFTER) > 0 ? SchedulePolicy.MOST_RETRY_AFTER : asked;
    }
}
