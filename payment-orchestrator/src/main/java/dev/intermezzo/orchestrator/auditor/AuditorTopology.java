package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.runtime.streams.StepTopology.Store;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;

/** payment-ledger goes in, nothing comes out: what the auditor finds it counts and logs. */
final class AuditorTopology {

    private AuditorTopology() {}

    static StepTopology of(String topicPrefix, AuditStep step, AuditorCounts counts, WriterSchemas schemas) {
        return new StepTopology(
                "auditor",
                topicPrefix,
                List.of(Topics.PAYMENT_LEDGER),
                List.of(),
                List.of(
                        Store.of(AuditorProcessor.PAYMENTS),
                        Store.ofDueTimes(AuditorProcessor.LOOKS),
                        Store.of(Findings.STUCK, Serdes.Long()),
                        Store.of(Findings.BROKEN, Serdes.Long())),
                () -> new AuditorProcessor(step, counts, schemas));
    }
}
