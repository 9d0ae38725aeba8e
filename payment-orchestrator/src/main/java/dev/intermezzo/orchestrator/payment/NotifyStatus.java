package dev.intermezzo.orchestrator.payment;

/** What a shop can be told; Mozello knows no other status. */
public enum NotifyStatus {
    APPROVED,
    FAILED
}
