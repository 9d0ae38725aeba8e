package dev.intermezzo.ingress.pages;

import dev.intermezzo.schemas.avro.PaymentView;

/** A payment's state as pages and their scripts name it. */
public enum PageState {
    AWAITING_BUYER("awaiting-buyer"),
    IN_PROGRESS("in-progress"),
    APPROVED("approved"),
    NOT_PAID("not-paid"),
    VERIFYING("verifying"),
    UNDER_REVIEW("under-review");

    private final String text;

    PageState(String text) {
        this.text = text;
    }

    /** The stable text of it. */
    public String text() {
        return text;
    }

    /** Whether nothing more is expected of the buyer or the provider before a result is shown. */
    public boolean concluded() {
        return this == APPROVED || this == NOT_PAID;
    }

    public static PageState of(PaymentView view) {
        return switch (view.getState()) {
            case AWAITING_BUYER -> AWAITING_BUYER;
            case IN_PROGRESS -> IN_PROGRESS;
            case APPROVED -> APPROVED;
            case NOT_PAID -> NOT_PAID;
            case VERIFYING -> VERIFYING;
            // A state that a newer orchestrator knows: the reader is told that somebody looks, never "failed".
            case UNDER_REVIEW, OTHER -> UNDER_REVIEW;
        };
    }
}
