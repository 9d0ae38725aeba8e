package dev.intermezzo.simulator.log;

import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Writes in transactions: outputs and consumed offsets together, or not at all. A newer one of the same id fences it. */
public final class TransactionalProducer {
    private final SimulatedLog log;
    private final String id;
    private final int epoch;
    private @Nullable Transaction transaction;

    TransactionalProducer(SimulatedLog log, String id, int epoch) {
        this.log = log;
        this.id = id;
        this.epoch = epoch;
    }

    /**
     * Writes within the open transaction, or opens one.
     *
     * @throws FencedException when this producer may no longer write
     */
    public Entry send(String topic, String key, byte[] value, Headers headers) {
        log.requireEpoch(id, epoch);
        Transaction open = transaction;
        if (open == null || !open.open()) {
            open = log.begin(id);
            transaction = open;
        }
        return log.append(topic, key, value, headers, open);
    }

    /**
     * Ends the transaction: everything written becomes readable and the offsets are taken over, at once.
     *
     * @param consumed next offset by source, see {@link SimulatedLog#place}
     * @throws FencedException when a newer producer has taken over; nothing happened then
     */
    public void commit(Map<String, Long> consumed) {
        log.requireEpoch(id, epoch);
        Transaction open = transaction;
        transaction = null;
        if (open != null && !open.open()) {
            throw new FencedException(id + " (its transaction timed out)");
        }
        log.commitOffsets(consumed);
        if (open != null) {
            log.end(id, open, true);
        }
    }
}
