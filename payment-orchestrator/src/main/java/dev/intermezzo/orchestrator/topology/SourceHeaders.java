package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.runtime.streams.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Where an entry's event was taken from, in the headers of its ledger record. */
final class SourceHeaders {
    /** Topic without prefix. */
    static final String TOPIC = "src-topic";

    static final String PARTITION = "src-partition";
    static final String OFFSET = "src-offset";

    private SourceHeaders() {}

    /** A rebuild from the ledger starts each source after the highest offset found here. */
    static List<Header> of(Origin origin) {
        return List.of(
                header(TOPIC, origin.topic()),
                header(PARTITION, Integer.toString(origin.partition())),
                header(OFFSET, Long.toString(origin.offset())));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
