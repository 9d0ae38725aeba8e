package dev.intermezzo.ingress.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that is not served, and why. People get a page in their language, machines get problem details (RFC 9457);
 * both carry the code and neither repeats anything that the request contained.
 *
 * @param status HTTP status
 * @param code stable code; scripts and support rely on it
 * @param textKey sentence for people, by its key in the pages' texts
 * @param detail sentence for integrators, in English; may be empty
 * @param retryAfter when trying again makes sense
 */
public record Refusal(int status, String code, String textKey, String detail, Optional<Duration> retryAfter) {

    /** The same form may be sent again at once: the same form is the same payment. */
    private static final Duration SOON = Duration.ofSeconds(2);

    public static Refusal of(int status, String code, String textKey) {
        return new Refusal(status, code, textKey, "", Optional.empty());
    }

    public static Refusal of(int status, String code, String textKey, String detail) {
        return new Refusal(status, code, textKey, detail, Optional.empty());
    }

    /** The same, for so long; told in whole seconds, never too few. */
    public Refusal after(Duration wait) {
        return new Refusal(
                status,
                code,
                textKey,
                detail,
                Optional.of(Duration.ofSeconds(wait.plusMillis(999).toSeconds())));
    }

    /** Not now; nothing is wrong with the request. */
    public static Refusal later(String code) {
        return new Refusal(503, code, "error.busy", "", Optional.of(SOON));
    }
}
