package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.ingress.views.PaymentViews;
import dev.intermezzo.ingress.views.PipelineDelay;
import dev.intermezzo.ingress.views.ViewWaiter;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;

/** Publishes what a buyer's browser brought and waits a moment for what comes of it. */
public final class BuyerAnswers {

    private final EventPublisher events;
    private final PaymentViews views;
    private final PipelineDelay delay;
    private final Duration viewWait;

    /**
     * @param viewWait how long a browser is kept for the view that shows where it goes on
     */
    public BuyerAnswers(EventPublisher events, PaymentViews views, PipelineDelay delay, Duration viewWait) {
        this.events = events;
        this.views = views;
        this.delay = delay;
        this.viewWait = viewWait;
    }

    /** What became of it. */
    public sealed interface Outcome {

        /** Published, answered, and as far as it goes without the buyer. */
        record Answered(PaymentView view) implements Outcome {}

        /** Published; the page will show what comes. */
        record Published() implements Outcome {}

        /** Not known to be durable in time. It may still arrive; the same again is the same. */
        record NotInTime() implements Outcome {}
    }

    /**
     * Whether a checkout may be published that begins this payment, or not: so much waits in the pipeline that its buyer
     * would wait in vain, and everybody else longer. A payment that is known goes on.
     */
    boolean hasRoomFor(String paymentId) {
        return views.latest(paymentId).isPresent() || delay.admits(paymentId);
    }

    /**
     * Publishes a fact. The keys that its sealed parts need are durable first, in their order: an event whose key was lost
     * would wait for it in vain.
     */
    public Outcome publish(PaymentOwner owner, List<WrappedKey> keys, SpecificRecordBase body, Deadline deadline) {
        String eventId = events.newId();
        // Counted before its keys travel: in a flood many are admitted meanwhile.
        delay.asks(owner.paymentId(), eventId);
        for (WrappedKey key : keys) {
            if (!deadline.await(events.publish(owner, key))) {
                delay.withdraws(owner.paymentId(), eventId);
                return new Outcome.NotInTime();
            }
        }
        try (ViewWaiter waiter = views.waitFor(owner.paymentId(), new Settled(eventId))) {
            if (!deadline.await(events.publish(eventId, owner, body))) {
                return new Outcome.NotInTime();
            }
            Optional<PaymentView> view = waiter.await(deadline.atMost(viewWait).left());
            return view.<Outcome>map(Outcome.Answered::new).orElseGet(Outcome.Published::new);
        }
    }

    /**
     * The event is answered, and the payment waits for somebody other than the shop and the Cashier. Views of one payment arrive in
     * order on one thread, so the answer comes before whatever follows from it.
     */
    private static final class Settled implements Predicate<PaymentView> {
        private final String eventId;
        private boolean answered;

        Settled(String eventId) {
            this.eventId = eventId;
        }

        @Override
        public boolean test(PaymentView view) {
            answered |= view.getAnswers().equals(eventId);
            return answered && !opening(view) && view.getState() != ViewState.VERIFYING;
        }

        private static boolean opening(PaymentView view) {
            return view.getState() == ViewState.IN_PROGRESS
                    && !view.getAttempts().isEmpty()
                    && view.getAttempts().getLast().getStatus() == AttemptStatus.OPENING;
        }
    }
}
