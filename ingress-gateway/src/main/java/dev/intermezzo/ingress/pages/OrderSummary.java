package dev.intermezzo.ingress.pages;

import org.jspecify.annotations.Nullable;

/**
 * What a page tells about an order.
 *
 * @param until when the order can no longer be paid; absent where nothing can be done about it any more
 * @param reference for support; empty where the reader may not have begun this payment
 * @param contact of the shop; absent where it names none or the reader may not have begun this payment
 * @param moneySentence whether money was taken; may be empty
 */
record OrderSummary(
        String shop,
        String invoice,
        String amount,
        String state,
        @Nullable Moment until,
        String reference,
        @Nullable Contact contact,
        String moneySentence) {

    /** A moment as people and as machines read it. */
    record Moment(String text, String machine) {}
}
