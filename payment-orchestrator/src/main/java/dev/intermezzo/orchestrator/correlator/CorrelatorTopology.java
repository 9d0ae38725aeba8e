package dev.intermezzo.orchestrator.correlator;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.runtime.streams.StepTopology.Store;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import java.time.Duration;
import java.util.List;

/**
 * webhook-inbox and webhook-index meet by transaction; what comes out is keyed by payment. That is another key, hence
 * another topic (payment-internal) instead of a join: its sink partitions by the payment.
 */
public final class CorrelatorTopology {

    private CorrelatorTopology() {}

    /**
     * @param hold how long an early webhook waits for its index entry
     * @param indexRetention how long an index entry leads webhooks to its payment
     */
    public static StepTopology of(
            String topicPrefix,
            Duration hold,
            Duration indexRetention,
            DeadLetters deadLetters,
            WriterSchemas schemas) {
        CorrelationStep step = new CorrelationStep(hold, indexRetention);
        String inbox = Topics.WEBHOOK_INBOX.in(topicPrefix);
        return new StepTopology(
                "correlator",
                topicPrefix,
                List.of(Topics.WEBHOOK_INBOX, Topics.WEBHOOK_INDEX),
                List.of(Topics.PAYMENT_INTERNAL, Topics.DEAD_LETTERS),
                List.of(Store.of(CorrelatorProcessor.CORRELATIONS), Store.ofDueTimes(CorrelatorProcessor.DUE)),
                () -> new CorrelatorProcessor(inbox, step, deadLetters, schemas));
    }
}
