package dev.intermezzo.orchestrator.payment;

/** What an event did to its payment. */
public enum Verdict {
    /** It changed the payment. */
    APPLIED,
    /** A fact without effect, kept in the ledger. */
    NOTED,
    /** Asked for and not allowed; kept in the ledger. */
    REFUSED,
    /** Known already, or a timer that is no longer armed: nothing is written, only counted. */
    REPEATED
}
