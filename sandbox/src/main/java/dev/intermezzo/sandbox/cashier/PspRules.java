package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One provider as its page of the document has it; what is made up or taken for granted is marked in each file as
 * <b>invented</b> or <b>assumed</b>.
 */
interface PspRules {

    /** Finds what is wrong with the request of a pay-in. */
    void checkPayIn(FieldChecks request);

    /** What its webhook says of an approval, and what it leaves out; empty: it sends none, whatever the buyer does. */
    Optional<WebhookWords> words();

    /** Whether it pays out what is asked. */
    default PayOutOffer payOut(JsonNode request) {
        return new PayOutOffer.None();
    }

    /**
     * What a webhook says.
     *
     * @param status the provider's own word for an approval
     * @param sentence of an approval
     * @param currency whether it names the currency
     * @param reference whether it echoes our reference
     * @param method what it says in {@code method}; empty: it has no such field
     */
    record WebhookWords(String status, String sentence, boolean currency, boolean reference, String method) {

        /** Without a method, as every sample is. */
        WebhookWords(String status, String sentence, boolean currency, boolean reference) {
            this(status, sentence, currency, reference, "");
        }
    }

    /** The pay-outs of a provider. */
    sealed interface PayOutOffer {

        /** It pays nothing out: no rule of the company matches such a call. */
        record None() implements PayOutOffer {}

        /** It does, but too little is documented to simulate it: the company has not set it up. */
        record NotSetUp() implements PayOutOffer {}

        /** It does. */
        record Served(PayOutRules rules) implements PayOutOffer {}
    }

    /** The pay-outs of a provider that has them. */
    interface PayOutRules {

        /** Finds what is wrong with the request. */
        void check(FieldChecks request);

        /** The answer that says that the money is on its way, or waits for somebody. */
        ObjectNode accepted(Transaction transaction);
    }
}
