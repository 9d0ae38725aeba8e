package dev.intermezzo.sandbox.load;

/** A buyer cannot go on; the message says why. It becomes the visit's problem. */
final class JourneyException extends Exception {

    private static final long serialVersionUID = 1L;

    JourneyException(String message) {
        super(message);
    }
}
