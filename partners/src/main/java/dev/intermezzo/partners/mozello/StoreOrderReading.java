package dev.intermezzo.partners.mozello;

/** What an answer to a question for one order means. */
public sealed interface StoreOrderReading {

    /** The shop's own record of the order. */
    record Known(StoreOrder order) implements StoreOrderReading {}

    /**
     * The shop has no order of that number; asking again will not help.
     *
     * @param code {@code http-} and the status, or {@code error-reported}
     */
    record NoSuchOrder(String code) implements StoreOrderReading {}

    /**
     * No answer about this order; it may be asked again.
     *
     * @param code {@code http-} and the status, or {@code answer-unreadable}
     */
    record Unavailable(String code) implements StoreOrderReading {}
}
