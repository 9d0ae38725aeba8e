package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.schemas.avro.Environment;

/** What a value on one of the orchestrator's topics turned out to be. */
public sealed interface Incoming {

    /** A fact about a payment, to be decided on. */
    record Fact(Event event) implements Incoming {}

    /** A page, or the merchant's own system, wants to see the payment; answered, never in the ledger. */
    record ViewWanted(String eventId, String paymentId, Environment environment) implements Incoming {}

    /**
     * Made only to warm the way; skipped before ledger and state.
     *
     * @param id whose it is
     */
    record WarmUp(String id) implements Incoming {}

    /**
     * Cannot be taken, now or later.
     *
     * @param code stable code
     * @param reason a sentence for people
     */
    record Unacceptable(String code, String reason) implements Incoming {}
}
