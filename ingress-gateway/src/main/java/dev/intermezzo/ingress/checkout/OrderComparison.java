package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.merchants.UnreachableShop;
import dev.intermezzo.schemas.avro.HoldReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a form until its shop has said that the order is the one that the form names: for shops with a Store API key. Unlike
 * other holds this one is the shop's to lift, not a person's. What becomes of it when the shop is silent is part of its code,
 * so that the payment's own facts say it.
 */
final class OrderComparison {

    private static final String HOLD = "compare-order";
    private static final String HOLD_IF_REACHABLE = "compare-order-if-reachable";

    private OrderComparison() {}

    /** These holds, and the comparison where the shop can be asked. */
    static List<HoldReason> with(List<HoldReason> holds, Shop shop) {
        if (!StoreApiKey.declared(shop.integration())) {
            return holds;
        }
        boolean proceed = UnreachableShop.of(shop.integration()) == UnreachableShop.PROCEED;
        List<HoldReason> all = new ArrayList<>(holds);
        all.add(new HoldReason(
                proceed ? HOLD_IF_REACHABLE : HOLD,
                "Its total, currency and status are compared with the shop's own."));
        return List.copyOf(all);
    }

    /** Whether nothing but the shop's own word is waited for. */
    static boolean alone(List<HoldReason> holds) {
        return holds.stream()
                .map(HoldReason::getCode)
                .allMatch(code -> code.equals(HOLD) || code.equals(HOLD_IF_REACHABLE));
    }
}
