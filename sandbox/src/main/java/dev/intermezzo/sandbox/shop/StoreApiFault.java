package dev.intermezzo.sandbox.shop;

/** What the Store API does to questions for orders. */
public enum StoreApiFault {
    NONE,
    /** Answers 503. */
    DOWN,
    /** Answers nothing for longer than anybody waits. */
    SLOW,
    /** Answers 429 with {@code Retry-After: 1}. */
    LIMITED,
    /** Answers 200 with a page of HTML. */
    UNREADABLE
}
