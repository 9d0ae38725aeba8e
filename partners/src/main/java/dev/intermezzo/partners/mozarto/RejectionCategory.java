package dev.intermezzo.partners.mozarto;

/** What kind of refusal an answer is; what follows from it is the orchestrator's decision, by the operation's kind. */
public enum RejectionCategory {
    /** A field is missing or bad: asking again with the same content cannot help. */
    VALIDATION(false),
    /** The provider refused the voucher. */
    VOUCHER_REJECTED(false),
    /** No orchestration rule or no provider configuration at Mozarto. */
    RULE_OR_CONFIGURATION_MISSING(false),
    /** The provider refused Mozarto's credentials for it. */
    PSP_CREDENTIALS_INVALID(false),
    /** Mozarto refused our company or user token (401, 403). */
    ACCOUNT_AUTH(false),
    /** Too many requests, at Mozarto or at the provider. */
    RATE_LIMITED(false),
    PSP_TIMEOUT(true),
    PSP_UNAVAILABLE(true),
    /** The provider failed in a way nobody names; also any error text or code we have never seen. */
    PSP_UNKNOWN_ERROR(true),
    /** Mozarto itself failed (500 and above). */
    SERVER_ERROR(true);

    private final boolean indeterminate;

    RejectionCategory(boolean indeterminate) {
        this.indeterminate = indeterminate;
    }

    /** Whether a transaction may exist in spite of the error. */
    public boolean indeterminate() {
        return indeterminate;
    }
}
