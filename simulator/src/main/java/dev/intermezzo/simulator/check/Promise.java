package dev.intermezzo.simulator.check;

/** What must hold, whatever goes wrong. */
public enum Promise {
    NOTHING_LOST("No accepted checkout, webhook or act is lost."),
    TAKEN_ONCE("A fact that comes again is recognised and not taken twice."),
    OUTCOME_TOLD("Every final outcome reaches the shop, or is parked or held where a person sees it."),
    NEVER_CONTRADICTED("No order is told failed after it was told approved."),
    APPROVED_MEANS_MONEY("Approved is told only when matching money truly moved, or two persons accepted it."),
    MONEY_BALANCES("Approved money minus refunds is the order's amount, or a case is open."),
    MOVED_ONCE("What moves money is executed at most once, after its claim was committed."),
    PAY_OUT_TOLD(
            "A pay-out that belongs to no payment is told paid or refused as it truly ended, or a case says otherwise."),
    MESSAGES_IN_ORDER("Messages of one order are told in order, one at a time."),
    LEDGER_FOLDS("The ledger's chain is intact and folds to the same states."),
    AUDITOR_SILENT("The auditor finds no rule broken in the ledger."),
    COMES_TO_REST("Nothing waits for ever without a timer, a case or a hold."),
    NO_STEP_FAILS("No step throws, and nothing ends in the dead letters that should not.");

    private final String sentence;

    Promise(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
