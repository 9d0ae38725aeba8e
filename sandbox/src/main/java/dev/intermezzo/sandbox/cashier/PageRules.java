package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** A provider whose pay-in hands out a page of its own, where the buyer decides. */
interface PageRules extends PspRules {

    /** The answer that hands out a page. */
    ObjectNode opened(Transaction transaction, URI page);

    /** What its page looks like. */
    Front front();

    /** Whether its page opens once and ends with its lifetime. */
    default boolean pageIsUsedOnce() {
        return false;
    }

    /** Whether its requests may name where the buyer returns to; else only the back office knows. */
    default boolean takesReturnAddresses() {
        return false;
    }
}
