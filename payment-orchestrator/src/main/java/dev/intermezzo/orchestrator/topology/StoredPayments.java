package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import java.util.Optional;

/**
 * The copy of the orchestrator's store of payments that Kafka keeps: under each payment's id the state that its last ledger
 * entry left. Committed with that entry; compacted, so at least one record for each payment and as a rule not many more.
 */
public final class StoredPayments {
    private final Codec<PaymentStateRecord> codec = Codec.of(PaymentStateRecord.class);
    private final WriterSchemas schemas;

    public StoredPayments(WriterSchemas schemas) {
        this.schemas = schemas;
    }

    /** Full name of the topic; it is there once an orchestrator has started. Partitioned as the ledger is. */
    public static String topic(KafkaSettings kafka) {
        return Changelogs.topic(kafka, Books.PAYMENTS);
    }

    /** What a record's value says; empty when this build cannot read it. */
    public Optional<PaymentState> read(byte[] value) {
        try {
            return Optional.of(StateCodec.toState(codec.decode(value, schemas)));
        } catch (UndecodableException | UnknownSchemaException e) {
            return Optional.empty();
        }
    }
}
