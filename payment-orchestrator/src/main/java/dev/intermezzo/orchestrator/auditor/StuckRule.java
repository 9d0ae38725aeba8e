package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.payment.CaseKind;
import java.time.Duration;

/**
 * What a payment may wait for, and how long before somebody should look. Where a timer of the state machine ends the wait,
 * the limit lies well behind it, so that what is told is a fault and not a wait; where only a person or a partner can end
 * it, it is told at once and shown by its age.
 */
public enum StuckRule {
    TIMER("timer", Duration.ofMinutes(5), "A timer is due and did not fire."),
    OPENING("opening", Duration.ofMinutes(10), "A Cashier call, with all its repetitions, has no end."),
    ON_HOLD("on-hold", Duration.ofMinutes(10), "A call waits for its account's release."),
    VERIFYING("verifying", Duration.ofMinutes(10), "The shop is asked, with all repetitions, and nothing came of it."),
    AT_PROVIDER(
            "at-provider",
            Duration.ofHours(6),
            "The session of the provider's page is over, as the plan has it, and the provider has said nothing."),
    UNKNOWN_PAGE(
            "unknown-page",
            Duration.ofHours(1),
            "A page's call was lost; it may be payable, and nobody has said what became of it."),
    ORDER_TIME(
            "order-time",
            Duration.ofMinutes(10),
            "The order's time is over and the buyer or the provider is still waited for."),
    UNKNOWN_MONEY(
            "unknown-money", Duration.ZERO, "An attempt that moves money has an unknown outcome; no new one opens."),
    REFUND("refund", Duration.ofDays(1), "A pay-out has no outcome yet."),
    UNKNOWN_REFUND(
            "unknown-refund",
            Duration.ZERO,
            "A pay-out's answer was lost; it counts as spent until somebody finds out."),
    MESSAGE("message", Duration.ofDays(5), "A message to the shop has no end."),
    PARKED("parked", Duration.ZERO, "The shop could not be told; the message is parked."),
    SURPLUS("case-surplus", Duration.ZERO, "More was paid than asked."),
    ORPHAN("case-orphan", Duration.ZERO, "Approved money belongs to no attempt."),
    REVERSAL("case-reversal", Duration.ZERO, "Approved money is in doubt."),
    SHOP_DISAGREES("case-shop-disagrees", Duration.ZERO, "The shop's status is not the one it should be told."),
    REVIEW("case-review", Duration.ZERO, "A person must look at the payment.");

    private final String code;
    private final Duration limit;
    private final String sentence;

    StuckRule(String code, Duration limit, String sentence) {
        this.code = code;
        this.limit = limit;
        this.sentence = sentence;
    }

    /** Stable name in metrics and logs. */
    public String code() {
        return code;
    }

    /** A wait shorter than this is nobody's business. */
    public Duration limit() {
        return limit;
    }

    /** What is wrong, for people. */
    public String sentence() {
        return sentence;
    }

    static StuckRule of(CaseKind kind) {
        return switch (kind) {
            case SURPLUS_PAYMENT -> SURPLUS;
            case ORPHAN_PAYMENT -> ORPHAN;
            case REVERSAL -> REVERSAL;
            case SHOP_DISAGREES -> SHOP_DISAGREES;
            case UNDER_REVIEW -> REVIEW;
        };
    }
}
