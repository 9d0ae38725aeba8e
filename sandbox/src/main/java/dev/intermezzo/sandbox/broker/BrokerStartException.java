package dev.intermezzo.sandbox.broker;

/** The embedded broker could not be started; the message says what to change. */
public final class BrokerStartException extends RuntimeException {

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
