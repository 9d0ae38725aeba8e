package dev.intermezzo.notifier.schedule;

import static java.util.Objects.requireNonNull;

import dev.intermezzo.notifier.schedule.ScheduleOutput.End;
import dev.intermezzo.notifier.schedule.ScheduleOutput.Send;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one order while a step works on it, and what the step says. Lives for one step; each method keeps the
 * state whole: a message is current in every phase but {@code IDLE}, and one waits only in {@code SENT}.
 */
final class OrderInProgress {

    private final SchedulePolicy policy;
    private final Instant now;
    private final String paymentId;
    private final List<String> recent;
    private final List<ScheduleOutput> outputs = new ArrayList<>(2);

    private SchedulePhase phase;
    private @Nullable NotificationRequest current;
    private @Nullable NotificationRequest waiting;
    private int attempts;
    private Instant due;
    private boolean earlierUnanswered;
    private int unreadableErrors;
    private @Nullable NotifyStatus delivered;

    private OrderInProgress(ScheduleState state, SchedulePolicy policy, Instant now) {
        this.policy = policy;
        this.now = now;
        paymentId = state.getPaymentId();
        phase = state.getPhase();
        current = state.getCurrent();
        waiting = state.getWaiting();
        attempts = state.getAttempts();
        due = state.getDue();
        earlierUnanswered = state.getEarlierUnanswered();
        unreadableErrors = state.getUnreadableErrors();
        delivered = state.getDelivered();
        recent = new ArrayList<>(state.getRecent());
    }

    static OrderInProgress from(ScheduleState state, SchedulePolicy policy, Instant now) {
        return new OrderInProgress(state, policy, now);
    }

    static OrderInProgress of(String paymentId, SchedulePolicy policy, Instant now) {
        ScheduleState empty =
                new ScheduleState(paymentId, SchedulePhase.IDLE, null, null, 0, now, false, 0, null, List.of());
        return new OrderInProgress(empty, policy, now);
    }

    ScheduleStep done() {
        return new ScheduleStep(
                new ScheduleState(
                        paymentId,
                        phase,
                        current,
                        waiting,
                        attempts,
                        due,
                        earlierUnanswered,
                        unreadableErrors,
                        delivered,
                        List.copyOf(recent)),
                outputs);
    }

    // What is the case.

    SchedulePhase phase() {
        return phase;
    }

    NotifyStatus currentStatus() {
        return present().getStatus();
    }

    boolean earlierUnanswered() {
        return earlierUnanswered;
    }

    boolean isDueAt(Instant noted) {
        return due.equals(noted);
    }

    boolean isCurrent(String requestId) {
        return is(current, requestId);
    }

    boolean isAbout(NotificationResult result) {
        return is(current, result.getRequestId());
    }

    /** Reports are told apart by attempt, and, where one number was issued twice, by their time. */
    boolean answersPresentIssue(NotificationResult result) {
        Instant issued = due.minus(policy.lease());
        return result.getAttempt() == attempts
                && !result.getOccurredAt().isBefore(issued.minus(SchedulePolicy.CLOCK_SKEW));
    }

    boolean knows(String requestId) {
        return recent.contains(requestId) || is(current, requestId) || is(waiting, requestId);
    }

    /** The shop knows that the order is paid, or is about to be told. */
    boolean approvedStands() {
        return delivered == NotifyStatus.APPROVED || isApproved(current) || isApproved(waiting);
    }

    // What happens.

    void remember(String requestId) {
        recent.add(requestId);
        if (recent.size() > SchedulePolicy.RECENT_REQUESTS) {
            recent.removeFirst();
        }
    }

    void letWait(NotificationRequest request) {
        if (waiting != null) {
            end(waiting, NotificationEnd.SUPERSEDED, 0, null);
        }
        waiting = request;
    }

    void supersedeCurrent() {
        if (current != null) {
            end(current, NotificationEnd.SUPERSEDED, attempts, null);
        }
    }

    /** Makes the request the current message and sends it now. */
    void begin(NotificationRequest request) {
        // The same words by another name: what an unanswered send may have done, it may have done for this one.
        boolean sameWords = current != null && current.getStatus() == request.getStatus();
        earlierUnanswered = earlierUnanswered && sameWords;
        unreadableErrors = 0;
        attempts = 0;
        current = request;
        send();
    }

    void send() {
        attempts++;
        issue();
    }

    void leaseEnded() {
        earlierUnanswered = true;
        if (!giveWay()) {
            issue();
        }
    }

    void noteUnanswered() {
        earlierUnanswered = true;
    }

    int countUnreadable() {
        return ++unreadableErrors;
    }

    /**
     * Waits for the next attempt, or parks after the last. A longer wait that the shop asks for is granted; a shorter
     * one is not, or thirteen answers of "in one second" would park a message within seconds.
     */
    void retry(@Nullable Duration retryAfter) {
        if (giveWay()) {
            return;
        }
        if (policy.roundIsOver(attempts)) {
            park(null);
            return;
        }
        waitUntil(now.plus(longer(policy.delayAfter(paymentId, attempts), retryAfter)));
    }

    /** Nothing was attempted: the same attempt is made later. */
    void defer(@Nullable Duration retryAfter) {
        if (giveWay()) {
            return;
        }
        waitUntil(now.plus(Jitter.after(longer(policy.deferral(), retryAfter), paymentId, attempts)));
        attempts--;
    }

    void park(@Nullable String shopStatus) {
        if (giveWay()) {
            return;
        }
        phase = SchedulePhase.PARKED;
        due = now;
        end(present(), NotificationEnd.PARKED, attempts, shopStatus);
    }

    void driveAgain() {
        unreadableErrors = 0;
        send();
    }

    void finish(NotificationEnd end, @Nullable String shopStatus) {
        NotificationRequest ended = present();
        if (end == NotificationEnd.DELIVERED) {
            delivered = ended.getStatus();
        }
        end(ended, end, attempts, shopStatus);
        if (waiting != null) {
            beginWaiting(waiting);
            return;
        }
        current = null;
        attempts = 0;
        unreadableErrors = 0;
        earlierUnanswered = false;
        phase = SchedulePhase.IDLE;
        due = now.plus(policy.memory());
    }

    void end(NotificationRequest request, NotificationEnd end, int sends, @Nullable String shopStatus) {
        // A message may be parked more than once, but ends otherwise only once.
        String id = end == NotificationEnd.PARKED ? request.getId() + ":parked@" + sends : request.getId() + ":ended";
        outputs.add(new End(new InternalEvent(
                id,
                request.getPaymentId(),
                request.getMerchantId(),
                request.getEnvironment(),
                now,
                new NotificationEnded(request.getId(), request.getStatus(), end, sends, shopStatus))));
    }

    /** The current message was not delivered and is not in flight any more: a later one takes its place. */
    private boolean giveWay() {
        if (waiting == null) {
            return false;
        }
        supersedeCurrent();
        beginWaiting(waiting);
        return true;
    }

    private void beginWaiting(NotificationRequest next) {
        waiting = null;
        begin(next);
    }

    private void issue() {
        NotificationRequest request = present();
        phase = SchedulePhase.SENT;
        due = now.plus(policy.lease());
        outputs.add(new Send(new NotificationDue(
                request.getId() + "@" + attempts,
                request.getPaymentId(),
                request.getMerchantId(),
                request.getEnvironment(),
                now,
                request,
                attempts,
                earlierUnanswered,
                now.plus(policy.dueLife()))));
    }

    private void waitUntil(Instant time) {
        phase = SchedulePhase.WAITING_UNTIL_DUE;
        due = time;
    }

    private NotificationRequest present() {
        return requireNonNull(current, "only an idle order has no current message");
    }

    private static Duration longer(Duration own, @Nullable Duration asked) {
        return asked != null && asked.compareTo(own) > 0 ? asked : own;
    }

    private static boolean is(@Nullable NotificationRequest request, String id) {
        return request != null && request.getId().equals(id);
    }

    private static boolean isApproved(@Nullable NotificationRequest request) {
        return request != null && request.getStatus() == NotifyStatus.APPROVED;
    }
}
