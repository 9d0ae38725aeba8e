package dev.intermezzo.sandbox.faults;

/** What goes wrong with the first Cashier call of a payment; later calls of the same buyer are answered as usual. */
public enum CallFault {
    /** Nothing. */
    NONE("none"),
    /** The answer takes longer. */
    DELAY("cashier-delay"),
    /** Answered 500 in the documented shape; no transaction exists. */
    ERROR_500("cashier-500"),
    /** Not answered within any sensible deadline; no transaction exists. */
    HANG("cashier-hang"),
    /**
     * Before anything is routed the company is asked whose session this is, and nothing comes of it; no transaction exists.
     * Strikes only calls that carry a session.
     */
    VERIFICATION_HANG("verification-hang"),
    /** The transaction is created, then the connection closes without an answer. */
    LOST_ANSWER("lost-answer"),
    /** The provider approves at once and its webhook is delivered before the call is answered. */
    WEBHOOK_BEFORE_ANSWER("webhook-before-answer"),
    /** The transaction is created; the answer is a web page under status 200. */
    WEB_PAGE("cashier-web-page"),
    /** The transaction is created; the answer has no body. */
    EMPTY_ANSWER("cashier-empty"),
    /** An error in the documented shape under status 200; no transaction exists. */
    ERROR_UNDER_200("cashier-error-200"),
    /** The answer names a page without TLS on a host of the open network. */
    PAGE_WITHOUT_TLS("page-without-tls"),
    /** The answer names a page on a host that nobody listed. */
    PAGE_ELSEWHERE("page-elsewhere");

    private final String id;

    CallFault(String id) {
        this.id = id;
    }

    /** The name in reports. */
    public String id() {
        return id;
    }
}
