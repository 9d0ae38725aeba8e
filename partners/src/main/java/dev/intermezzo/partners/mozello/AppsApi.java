package dev.intermezzo.partners.mozello;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The one call of Mozello's Apps API that a gateway needs: {@code POST installed}, during the install webhook. The
 * {@code authCode} stands in the address because Mozello wants it there; the key goes into a header.
 */
public final class AppsApi {

    /** The largest answer that is read. */
    public static final int MAX_BODY_BYTES = 16 * 1024;

    private AppsApi() {}

    /**
     * The address of the call.
     *
     * @param base of the API, with a slash at its end
     * @param parameter what the documentation calls it; both official samples write it in small letters
     */
    public static URI installed(URI base, String parameter, String authCode) {
        return base.resolve("apps/installed/?" + parameter + "=" + URLEncoder.encode(authCode, StandardCharsets.UTF_8));
    }

    /** The value of {@code Authorization}. */
    public static String authorization(String apiKey) {
        return "ApiKey " + apiKey;
    }

    /** What came of the call. */
    public enum Outcome {
        /** Marked as installed. */
        DONE,
        /** Refused; the same again will be refused too. */
        REFUSED,
        /** Not known to have been heard. */
        UNAVAILABLE
    }

    /** Reads an answer: a 200 that reports no error is success, a 4xx other than 408 and 429 is final. Never throws. */
    public static Outcome read(int status, byte[] body) {
        if (status >= 200 && status < 300) {
            return ErrorBody.read(body, MAX_BODY_BYTES).isError() ? Outcome.REFUSED : Outcome.DONE;
        }
        boolean passing = status < 400 || status >= 500 || status == 408 || status == 429;
        return passing ? Outcome.UNAVAILABLE : Outcome.REFUSED;
    }
}
