package dev.intermezzo.orchestrator.payment;

/** Whether a provider operation may be repeated. */
public enum OperationKind {
    /** Hands out a page or an instruction: repeating it moves no money. */
    OPENS_PAGE,
    /** The call itself moves money: at most once, never at another provider. */
    MOVES_MONEY
}
