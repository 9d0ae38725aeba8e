package dev.intermezzo.orchestrator.payment;

/** How the schedule was done with a message. */
public enum NotificationEnd {
    DELIVERED,
    PARKED,
    SHOP_DISAGREES,
    SUPERSEDED,
    OTHER
}
