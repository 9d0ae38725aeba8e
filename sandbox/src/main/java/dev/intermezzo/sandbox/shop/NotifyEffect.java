package dev.intermezzo.sandbox.shop;

/** What one POST to the notify address did. */
public enum NotifyEffect {
    /** The order's status is another now. */
    CHANGED,
    /** The order had that status already. */
    SAME_AGAIN,
    /** {@code check_pending} forbade it: the order was not pending. */
    REFUSED_NOT_PENDING,
    /** The signature is missing or wrong. */
    REFUSED_SIGNATURE,
    /** The order is unknown, the status is no documented one, or the form cannot be read. */
    REFUSED_FORM,
    /** A planned fault struck before the notification was looked at. */
    NOT_PROCESSED
}
