package dev.intermezzo.ingress.http;

import java.io.IOException;

/** The body could not be received; the sender is the one to know why. */
public final class UnreadableBodyException extends RuntimeException {

    UnreadableBodyException(IOException cause) {
        super("the body could not be received", cause);
    }
}
