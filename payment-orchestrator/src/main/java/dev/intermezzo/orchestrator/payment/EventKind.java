package dev.intermezzo.orchestrator.payment;

/** The kinds of {@link Fact}, by name: the columns of the {@link TransitionTable}. */
public enum EventKind {
    CHECKOUT,
    DETAILS,
    ASKED_AGAIN,
    GAVE_UP,
    WEBHOOK,
    ORPHANED,
    CASHIER_RESULT,
    SHOP_RESULT,
    SHOP_CHANGE,
    OPERATOR_ACT,
    TIMER,
    NOTIFICATION_ENDED,
    EXECUTION_STARTED;

    /** The kind of a fact. */
    public static EventKind of(Fact fact) {
        return switch (fact) {
            case Fact.CheckoutReceived f -> CHECKOUT;
            case Fact.BuyerDetailsSubmitted f -> DETAILS;
            case Fact.BuyerAskedAgain f -> ASKED_AGAIN;
            case Fact.BuyerGaveUp f -> GAVE_UP;
            case Fact.WebhookReceived f -> WEBHOOK;
            case Fact.WebhookOrphaned f -> ORPHANED;
            case Fact.CashierAnswered f -> CASHIER_RESULT;
            case Fact.ShopAnswered f -> SHOP_RESULT;
            case Fact.ShopOrderChanged f -> SHOP_CHANGE;
            case Fact.OperatorActed f -> OPERATOR_ACT;
            case Fact.TimerFired f -> TIMER;
            case Fact.NotificationEnded f -> NOTIFICATION_ENDED;
            case Fact.ExecutionStarted f -> EXECUTION_STARTED;
        };
    }
}
