package dev.intermezzo.notifier.schedule;

import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where records go that the schedule cannot take; normally the dead letters. */
@FunctionalInterface
public interface RefusedInputs {

    /**
     * Takes over a record that has no effect on the schedule.
     *
     * @param code stable code
     * @param reason a sentence, without the record's content
     */
    void refuse(RecordMetadata origin, Record<String, byte[]> record, String code, String reason);
}
