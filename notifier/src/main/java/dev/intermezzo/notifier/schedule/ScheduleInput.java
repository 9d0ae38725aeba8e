package dev.intermezzo.notifier.schedule;

import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import java.time.Instant;

/** What can happen to the schedule of one order. */
public sealed interface ScheduleInput {

    /** What a record of {@code notification-requests} says: a new message, or the wish to try a parked one again. */
    static ScheduleInput of(NotificationRequest request) {
        return request.getRedrive() == null ? new Requested(request) : new Redrive(request.getId());
    }

    /** The orchestrator wants the shop told. */
    record Requested(NotificationRequest request) implements ScheduleInput {}

    /** A sender reports what came of an attempt. */
    record Reported(NotificationResult result) implements ScheduleInput {}

    /**
     * A due time came.
     *
     * @param due the time as it was noted; one that is not the order's present due time any more is ignored
     */
    record DueTimeReached(Instant due) implements ScheduleInput {}

    /**
     * An operator wants a parked message tried again now.
     *
     * @param requestId the message; anything but the order's parked one is ignored
     */
    record Redrive(String requestId) implements ScheduleInput {}
}
