package dev.intermezzo.ingress.pages;

/**
 * What a page tells about an order.
 *
 * @param reference for support; empty where the reader may not have begun this payment
 * @param moneySentence whether money was taken; may be empty
 */
record OrderSummary(String shop, String invoice, String amount, String state, String reference, String moneySentence) {}
