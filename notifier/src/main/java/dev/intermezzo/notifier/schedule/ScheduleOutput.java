package dev.intermezzo.notifier.schedule;

import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.NotificationDue;

/** What the schedule of one order says to the others. */
public sealed interface ScheduleOutput {

    /** To {@code notification-due}: send this now. */
    record Send(NotificationDue due) implements ScheduleOutput {}

    /** To {@code payment-internal}: the schedule is done with a message; the body is a {@code NotificationEnded}. */
    record End(InternalEvent event) implements ScheduleOutput {}
}
