package dev.intermezzo.runtime.merchants;

import dev.intermezzo.schemas.avro.Integration;

/** What becomes of an order whose shop cannot be asked through the Store API, as its integration says. */
public enum UnreachableShop {
    /** Nothing is paid until a person has looked at it. */
    HOLD,
    /** It is paid without having been compared. */
    PROCEED;

    /** A word that this build does not know holds. */
    public static UnreachableShop of(Integration integration) {
        return integration.getStoreApiUnreachable().equals(PROCEED.name()) ? PROCEED : HOLD;
    }
}
