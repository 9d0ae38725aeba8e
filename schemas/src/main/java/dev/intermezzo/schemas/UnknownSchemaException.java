package dev.intermezzo.schemas;

/** A value was written with a schema that this build does not hold and that could not be found in time. */
public final class UnknownSchemaException extends RuntimeException {
    private final long fingerprint;

    public UnknownSchemaException(long fingerprint) {
        super(
                "No schema with fingerprint %016x is known. The stage that wrote it publishes its schemas before it writes; "
                                .formatted(fingerprint)
                        + "wait for it to arrive on the topic '" + Topics.SCHEMAS_NAME + "'.");
        this.fingerprint = fingerprint;
    }

    /** CRC-64-AVRO fingerprint, as it stands in the value's header. */
    public long fingerprint() {
        return fingerprint;
    }
}
