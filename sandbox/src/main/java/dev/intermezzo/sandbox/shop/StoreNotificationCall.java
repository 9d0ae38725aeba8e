package dev.intermezzo.sandbox.shop;

/**
 * A notification that the shop has sent of its own accord.
 *
 * @param orderUuid of the order it told of; the notification itself does not name it
 * @param paymentStatus what it said
 * @param status what the gateway answered; 0: nothing
 */
public record StoreNotificationCall(String orderUuid, String paymentStatus, int status) {}
