package dev.intermezzo.orchestrator.payment;

/** What the Cashier's refusal means: the rows of the answer table (payments, "Calling the Cashier"). */
public enum RejectionCategory {
    VALIDATION,
    VOUCHER_REJECTED,
    RULE_OR_CONFIGURATION_MISSING,
    PSP_CREDENTIALS_INVALID,
    ACCOUNT_AUTHENTICATION,
    RATE_LIMITED,
    INDETERMINATE
}
