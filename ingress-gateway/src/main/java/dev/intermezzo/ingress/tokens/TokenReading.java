package dev.intermezzo.ingress.tokens;

/** What a token turned out to be. */
public sealed interface TokenReading {

    record Valid(PayToken token) implements TokenReading {}

    /** Ours, and over. */
    record Expired() implements TokenReading {}

    /** Not ours, damaged, or made for another purpose. */
    record Invalid() implements TokenReading {}
}
