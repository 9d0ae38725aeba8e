package dev.intermezzo.orchestrator.payment;

import java.time.Duration;

/** The named bounds of a payment's patience. Changing one changes decisions: raise {@link Decider#DECIDER_VERSION}. */
final class Limits {

    /** The Cashier's deadline for one call. */
    static final Duration CALL_DEADLINE = Duration.ofSeconds(20);

    /** A page is not begun later than this after it was decided: a buyer waits for it. */
    static final Duration PAGE_NOT_AFTER = Duration.ofSeconds(30);

    /** A call that moves money is not begun later than this after it was decided. */
    static final Duration MONEY_NOT_AFTER = Duration.ofMinutes(2);

    /** The executor's report travels; it is missed only after this. */
    static final Duration REPORT_SLACK = Duration.ofSeconds(10);

    /** No form is longer than this on its way from an edge, which may be held up, to its decision. */
    static final Duration FORM_ON_ITS_WAY = Duration.ofMinutes(5);

    /** A question to the shop is not asked later than this. */
    static final Duration SHOP_NOT_AFTER = Duration.ofSeconds(30);

    /** First wait before a call is made again; each further one is twice as long. */
    static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

    /** Waits before a call that did not come through is given up. */
    static final int MAX_RETRIES = 5;

    /** Waits for a provider that limits its rate, before the next route is tried. */
    static final int MAX_RATE_WAITS = 3;

    /** Times the shop is asked again before a person must look. */
    static final int MAX_SHOP_RETRIES = 3;

    /** Times it is asked again before a payment goes on without its answer: the buyer waits meanwhile. */
    static final int SHOP_RETRIES_BEFORE_GOING_ON = 1;

    /** An answer that was lost is asked for once more. */
    static final int MAX_LOST_RETRIES = 1;

    /** A call that moves money waits this long for its account's release. */
    static final Duration MONEY_HOLD = Duration.ofMinutes(10);

    /** After its last change a closed payment becomes a stub. */
    static final Duration RETIREMENT = Duration.ofDays(60);

    /** A stub that was quiet for so long keeps only its place in the ledger. */
    static final Duration STUB_LIFE = Duration.ofDays(400);

    private Limits() {}

    static Duration backoff(int retriesSoFar) {
        return FIRST_BACKOFF.multipliedBy(1L << Math.min(retriesSoFar, MAX_RETRIES));
    }
}
