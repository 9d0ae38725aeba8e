package dev.intermezzo.notifier.schedule;

import static java.util.Objects.requireNonNull;

import dev.intermezzo.notifier.schedule.ScheduleInput.DueTimeReached;
import dev.intermezzo.notifier.schedule.ScheduleInput.Redrive;
import dev.intermezzo.notifier.schedule.ScheduleInput.Reported;
import dev.intermezzo.notifier.schedule.ScheduleInput.Requested;
import dev.intermezzo.notifier.schedule.ScheduleOutput.End;
import dev.intermezzo.notifier.schedule.ScheduleOutput.Send;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drives the schedule of one order by hand: a clock, the state so far, and what was said. */
final class OneOrder {

    private final Schedule schedule;
    private @Nullable ScheduleState state;
    private Instant now = Messages.START;
    private List<ScheduleOutput> lastOutputs = List.of();
    private final List<NotificationDue> sent = new ArrayList<>();
    private final List<NotificationEnded> ended = new ArrayList<>();

    OneOrder(SchedulePolicy policy) {
        schedule = new Schedule(policy);
    }

    static OneOrder standard() {
        return new OneOrder(SchedulePolicy.standard());
    }

    OneOrder take(ScheduleInput input) {
        ScheduleStep step = schedule.step(state, input, now);
        state = step.state();
        lastOutputs = step.outputs();
        for (ScheduleOutput output : lastOutputs) {
            switch (output) {
                case Send send -> sent.add(send.due());
                case End end -> ended.add((NotificationEnded) end.event().getBody());
            }
        }
        return this;
    }

    OneOrder request(NotificationRequest request) {
        return take(new Requested(request));
    }

    OneOrder request(int number, NotifyStatus status) {
        return request(Messages.request(number, status));
    }

    OneOrder report(Messages.Report report) {
        return take(new Reported(report.result()));
    }

    /** The sender reports the message that was sent last. */
    OneOrder report(SendOutcome outcome) {
        return report(Messages.report(lastSent(), outcome).at(now));
    }

    /** Lets the time pass until the order's due time and takes it. */
    OneOrder untilDue() {
        Instant due = state().getDue();
        now = now.isAfter(due) ? now : due;
        return take(new DueTimeReached(due));
    }

    OneOrder pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    OneOrder redrive(String requestId) {
        return take(new Redrive(requestId));
    }

    /** Reports the outcome for every attempt until the order is not being sent any more. */
    OneOrder untilItStops(SendOutcome outcome) {
        while (phase() == SchedulePhase.SENT) {
            report(outcome);
            if (phase() == SchedulePhase.WAITING_UNTIL_DUE) {
                untilDue();
            }
        }
        return this;
    }

    Instant now() {
        return now;
    }

    Duration untilDueTime() {
        return Duration.between(now, state().getDue());
    }

    ScheduleState state() {
        return requireNonNull(state, "nothing is remembered of the order");
    }

    boolean isForgotten() {
        return state == null;
    }

    SchedulePhase phase() {
        return state().getPhase();
    }

    List<ScheduleOutput> lastOutputs() {
        return lastOutputs;
    }

    List<NotificationDue> sent() {
        return sent;
    }

    NotificationDue lastSent() {
        return sent.getLast();
    }

    List<NotificationEnded> ended() {
        return ended;
    }

    List<String> ends() {
        return ended.stream()
                .map(end -> number(end.getRequestId()) + " " + end.getStatus() + " " + end.getEnd())
                .toList();
    }

    private static String number(String requestId) {
        return requestId.substring(requestId.indexOf('#') + 1, requestId.lastIndexOf('.'));
    }
}
