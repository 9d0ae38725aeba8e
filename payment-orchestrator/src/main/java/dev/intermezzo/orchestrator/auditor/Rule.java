package dev.intermezzo.orchestrator.auditor;

/** What the auditor holds the ledger to; {@link #code()} is its stable name in metrics and logs. */
public enum Rule {
    CHAIN("chain", "A payment's entries are unchanged, none is missing and none is there twice."),
    DECISION("decision", "Each entry says what this build decides about its event."),
    APPROVED_MONEY(
            "approved-money",
            "The shop is told \"approved\" only after matching money, or after two persons' decision."),
    BALANCE(
            "balance",
            "Approved attempts minus refunds equals the order's amount, or a case is open, or two persons saw it."),
    COUNTED_MONEY(
            "counted-money",
            "What is counted as received is what facts tell of, each transaction once; less only with a case, or two persons."),
    ONE_OUTCOME(
            "one-outcome",
            "A shop is told one outcome, or \"failed\" and then \"approved\"; never the reverse, nothing twice."),
    EXECUTED_ONCE("executed-once", "What moves money is executed at most once."),
    CLAIMED_ONCE(
            "claimed-once",
            "What moves money is claimed by one executor; a second may not call, but should not be there."),
    TWO_PERSONS("two-persons", "Money goes out only after two persons' decision."),
    SANDBOX_MONEY("sandbox-money", "A shop that is not marked as a test is never told \"approved\" for sandbox money.");

    private final String code;
    private final String sentence;

    Rule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /** What must hold, for people. */
    public String sentence() {
        return sentence;
    }
}
