package dev.intermezzo.ingress.api;

import java.time.Duration;
import java.util.Optional;

/** What a handler answers, as a value; {@link ApiResponder} alone turns it into bytes and headers. */
sealed interface ApiAnswer {

    /** A document. */
    record Shown(Object document) implements ApiAnswer {}

    /**
     * 202: asked for, and kept; the resource tells what becomes of it.
     *
     * @param href of the resource
     */
    record Accepted(Object document, String href) implements ApiAnswer {

        static Accepted of(ApiDocuments.RefundAccepted refund) {
            return new Accepted(refund, refund.href());
        }

        static Accepted of(ApiDocuments.PayOutAccepted payOut) {
            return new Accepted(payOut, payOut.href());
        }
    }

    /**
     * Not served.
     *
     * @param detail sentence for integrators that repeats nothing secret; may be empty
     * @param retryAfter when trying again makes sense
     */
    record Refused(ApiCode code, String detail, Optional<Duration> retryAfter) implements ApiAnswer {

        private static final Duration SOON = Duration.ofSeconds(2);

        static Refused of(ApiCode code) {
            return new Refused(code, "", Optional.empty());
        }

        static Refused of(ApiCode code, String detail) {
            return new Refused(code, detail, Optional.empty());
        }

        /**
         * The name of a request that was forgotten after its 30 days still names what was asked for under it.
         *
         * @param payOutId which the merchant may look at
         */
        static Refused standsFor(String payOutId) {
            return of(
                    ApiCode.IDEMPOTENCY_KEY_REUSED,
                    "It stands for /api/v1/payouts/" + payOutId + ", which is another.");
        }

        /** Not now; nothing is wrong with the request. */
        static Refused later(ApiCode code) {
            return new Refused(code, "", Optional.of(SOON));
        }
    }
}
