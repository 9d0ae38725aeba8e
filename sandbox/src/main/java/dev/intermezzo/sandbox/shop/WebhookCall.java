package dev.intermezzo.sandbox.shop;

/**
 * An install or a settings webhook that Mozello has sent.
 *
 * @param status what the gateway answered; 0: nothing
 * @param markedInstalled whether the gateway marked the app as installed while the webhook waited
 */
public record WebhookCall(int status, boolean markedInstalled) {}
