package dev.intermezzo.runtime.sealing;

/** Something could not be sealed or opened, or a keyset is missing. Its message never holds a key or what was sealed. */
public final class SealingException extends RuntimeException {
    public SealingException(String message) {
        super(message);
    }

    public SealingException(String message, Throwable cause) {
        super(message, cause);
    }
}
