package dev.intermezzo.orchestrator.payment;

/** What a rule makes of an event: the decision without what the turn collected. */
record Outcome(PaymentState next, Verdict verdict, Reason reason) {

    static Outcome applied(PaymentState next, Reason reason) {
        return new Outcome(next, Verdict.APPLIED, reason);
    }

    static Outcome noted(PaymentState next, Reason reason) {
        return new Outcome(next, Verdict.NOTED, reason);
    }

    static Outcome refused(PaymentState next, Reason reason) {
        return new Outcome(next, Verdict.REFUSED, reason);
    }
}
