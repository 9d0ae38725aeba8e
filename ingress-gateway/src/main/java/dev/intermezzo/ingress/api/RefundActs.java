package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.views.PaymentViews;
import dev.intermezzo.ingress.views.ViewWaiter;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentView;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives kept requests to their payments as acts, exactly as the command {@code refunds} does, and notes what was refused. An
 * act that comes twice is one act to its payment, by its id.
 */
final class RefundActs {

    private static final Logger LOG = LoggerFactory.getLogger(RefundActs.class);

    /** How much longer a decision is listened for once the request was answered. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final TypedProducer<OperatorAct> producer;
    private final PaymentViews views;
    private final KeptRequests requests;

    RefundActs(TypedProducer<OperatorAct> producer, PaymentViews views, KeptRequests requests) {
        this.producer = producer;
        this.views = views;
        this.requests = requests;
    }

    /**
     * Publishes the act unless its decision is known, and waits a moment for the decision: one that is refused leaves no
     * trace in the payment's state, so it is noted while it can be heard.
     *
     * @return false when Kafka did not take the act
     */
    boolean carryOut(KeptRequest request, Deadline deadline) {
        OperatorAct act = request.act();
        if (request.refusedWith().isPresent()
                || views.latest(act.getPaymentId())
                        .filter(view -> isHeld(view, request))
                        .isPresent()) {
            return true;
        }
        ViewWaiter waiter =
                views.waitFor(act.getPaymentId(), view -> view.getAnswers().equals(act.getId()));
        boolean goesOn = false;
        try {
            if (!deadline.await(producer.send(Topics.OPERATOR_ACTS, act.getPaymentId(), act))) {
                return false;
            }
            goesOn = !heard(request, waiter, deadline.left());
        } finally {
            if (!goesOn) {
                waiter.close();
            }
        }
        if (goesOn) {
            // The answer does not depend on it; what is noted later is as good.
            Thread.ofVirtual().name("late-decision").start(() -> {
                try (waiter) {
                    heard(request, waiter, LATE);
                }
            });
        }
        return true;
    }

    private boolean heard(KeptRequest request, ViewWaiter waiter, Duration atMost) {
        Optional<PaymentView> decided = waiter.await(atMost);
        decided.ifPresent(view -> {
            boolean taken = isHeld(view, request);
            if (!taken) {
                refused(request, view.getAnswerCode());
            }
            LOG.atInfo()
                    .addKeyValue("payment", view.getPaymentId())
                    .addKeyValue("merchant", view.getMerchantId())
                    .addKeyValue("pay-out", request.id())
                    .addKeyValue("decision", taken ? "taken" : view.getAnswerCode())
                    .log("pay-out asked for through the API");
        });
        return decided.isPresent();
    }

    private void refused(KeptRequest request, String code) {
        requests.refused(request, code.isEmpty() ? KeptRequest.REASON_LOST : code);
    }

    private static boolean isHeld(PaymentView view, KeptRequest request) {
        return ReadHandlers.refund(view, request.id()).isPresent();
    }
}
