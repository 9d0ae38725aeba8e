package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The auditor's judgement of a ledger that is at hand as a whole, without its stores and its waits. Feed it every record, each
 * partition in the order of its offsets; partitions may be mixed. Memory is one record per payment.
 */
public final class LedgerWatch {
    private final AuditStep step;
    private final Map<String, AuditedPayment> payments = new HashMap<>();

    /** With the state machine of this build. */
    public LedgerWatch(WriterSchemas schemas) {
        step = new AuditStep(new Refold(schemas, new Bookkeeper()));
    }

    /**
     * Takes the next record of a partition.
     *
     * @return rules found broken that were not found broken for this payment before
     */
    public List<Breach> accept(LedgerPosition position, LedgerEntry entry) {
        AuditStep.Audited audited = step.accept(payments.get(position.key()), position, entry);
        payments.put(position.key(), audited.memory());
        return audited.breaches();
    }
}
