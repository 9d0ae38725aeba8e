package dev.intermezzo.schemas;

import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.BuyerKeyRing;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.CorrelationState;
import dev.intermezzo.schemas.avro.DueTimer;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import dev.intermezzo.schemas.avro.Quarantine;
import dev.intermezzo.schemas.avro.QueuedEvent;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** The schemas this build writes: one per topic, and one per state-store value. */
public final class CompiledSchemas {
    /** Values of state stores, which outlive a build like the topics do. */
    public static final List<Class<? extends SpecificRecordBase>> STORED = List.of(
            PaymentStateRecord.class,
            CorrelationState.class,
            BuyerKeyRing.class,
            ScheduleState.class,
            DueTimer.class,
            ChainHead.class,
            Quarantine.class,
            QueuedEvent.class,
            AuditedPayment.class);

    private static final Map<Long, Schema> BY_FINGERPRINT = index();

    private CompiledSchemas() {}

    /** All of them, each once. */
    public static Collection<Schema> all() {
        return BY_FINGERPRINT.values();
    }

    /** CRC-64-AVRO over the schema's parsing canonical form. */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    static Schema find(long fingerprint) {
        Schema schema = BY_FINGERPRINT.get(fingerprint);
        if (schema == null) {
            throw new UnknownSchemaException(fingerprint);
        }
        return schema;
    }

    private static Map<Long, Schema> index() {
        Map<Long, Schema> schemas = new LinkedHashMap<>();
        Stream.concat(Topics.ALL.stream().map(Topic::value), STORED.stream())
                .map(type -> SpecificData.get().getSchema(type))
                .forEach(schema -> schemas.put(fingerprint(schema), schema));
        return Map.copyOf(schemas);
    }
}
