package dev.intermezzo.orchestrator.payment;

/** Which of the published shapes a webhook had. */
public enum WebhookShape {
    YEAR_2026,
    /** Recorded, never approves. */
    YEAR_2025,
    UNREADABLE,
    OTHER
}
