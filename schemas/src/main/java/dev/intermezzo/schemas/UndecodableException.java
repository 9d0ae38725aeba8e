package dev.intermezzo.schemas;

/** Bytes that are not a value in Avro's single-object encoding, or whose body does not fit its schema. */
public final class UndecodableException extends RuntimeException {
    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
