package dev.intermezzo.runtime.merchants;

import dev.intermezzo.schemas.avro.Integration;

/** What an integration is, as its record's {@code kind} says. */
public enum IntegrationKind {
    /** One Mozello shop with a payment key of its own. */
    PRIVATE,

    /** Our public listing at Mozello, with the global key that signs the forms of every shop that uses it. */
    PUBLIC,

    /** One merchant's shops behind the public listing, told from others by the connection secret that we issued. */
    CONNECTION,

    /** Says of a connection that it is installed, or that an operator has disconnected it; see {@link ConnectionMarks}. */
    MARK;

    /** Whether an integration is of this kind. */
    public boolean of(Integration integration) {
        return integration.getKind().equals(name());
    }
}
