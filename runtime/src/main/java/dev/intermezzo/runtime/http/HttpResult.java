package dev.intermezzo.runtime.http;

import java.util.Map;

/** How a call ended: the difference between the three decides whether it may be repeated. */
public sealed interface HttpResult {

    /**
     * A complete answer, whatever its status.
     *
     * @param headers names in lower case; values of a repeated header joined with {@code ", "}
     * @param body at most as long as the call allowed
     * @param truncated more came than the call allowed
     */
    @SuppressWarnings("ArrayRecordComponent") // the body is handed through, never compared
    record Answered(int status, Map<String, String> headers, byte[] body, boolean truncated) implements HttpResult {
        /** Status and size only. */
        @Override
        public String toString() {
            return "Answered[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * No byte of the request was sent: it was certainly not executed.
     *
     * @param code {@code address-refused}, {@code dns-failed}, {@code connect-failed}, {@code connect-timeout},
     *     {@code tls-failed}, {@code no-free-connection}, {@code too-late}, {@code deadline}, {@code interrupted} or
     *     {@code closed}
     */
    record NotSent(String code) implements HttpResult {}

    /**
     * The request may have arrived and been executed, but no complete answer came back.
     *
     * @param code {@code deadline}, {@code connection-lost}, {@code answer-unreadable} or {@code interrupted}
     */
    record AnswerLost(String code) implements HttpResult {}
}
