package dev.intermezzo.orchestrator.payment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an event.
 *
 * @param next the payment after the event; the very same object when {@code verdict} is REPEATED. Null only where no
 *     payment existed and the event does not begin one: nothing is stored and the event belongs to the dead letters
 * @param reason why; its text is stable
 * @param commands in the order in which they are to be published; empty when the verdict is REPEATED
 * @param timers to be armed with the sequence of {@code next}
 */
public record Decision(
        @Nullable PaymentState next,
        Verdict verdict,
        Reason reason,
        List<Command> commands,
        List<TimerRequest> timers) {

    public Decision {
        commands = List.copyOf(commands);
        timers = List.copyOf(timers);
    }

    /** The stable code of {@link #reason}. */
    public String code() {
        return reason.code();
    }
}
