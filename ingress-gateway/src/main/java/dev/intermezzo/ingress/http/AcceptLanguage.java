package dev.intermezzo.ingress.http;

import java.util.Optional;
import java.util.function.Function;

/**
 * The header {@code Accept-Language} (RFC 9110, section 12.5.4), as anybody may write it. Weights are not looked at: browsers
 * name what they prefer first.
 */
final class AcceptLanguage {

    /** Whoever reads more languages than these has one of ours among them, or none. */
    private static final int MOST = 16;

    private AcceptLanguage() {}

    /** The first of the header's languages that {@code known} has, else empty. */
    static Optional<String> first(String header, Function<String, Optional<String>> known) {
        for (String range : header.split(",", MOST)) {
            Optional<String> language = known.apply(range.split(";", 2)[0].strip());
            if (language.isPresent()) {
                return language;
            }
        }
        return Optional.empty();
    }
}
