package dev.intermezzo.schemas;

import org.apache.avro.Schema;

/** Finds the schema that a value was written with, so that old and new builds run side by side. */
@FunctionalInterface
public interface WriterSchemas {
    /**
     * @param fingerprint CRC-64-AVRO fingerprint of the writer's schema
     * @throws UnknownSchemaException when the schema is not known (yet): wait and ask again; the value is not at fault
     */
    Schema find(long fingerprint);

    /** Only the schemas that this build itself writes. */
    static WriterSchemas compiledIn() {
        return CompiledSchemas::find;
    }
}
