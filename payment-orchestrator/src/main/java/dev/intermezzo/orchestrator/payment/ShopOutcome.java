package dev.intermezzo.orchestrator.payment;

import java.util.List;

/** What the shop says about an order it was asked about. */
public sealed interface ShopOutcome {

    /** Total and currency are equal and the order is still pending. */
    record OrderMatches() implements ShopOutcome {}

    /** Something is not equal. */
    record OrderDiffers(List<String> differences) implements ShopOutcome {
        public OrderDiffers {
            differences = List.copyOf(differences);
        }
    }

    /** The shop could not be asked. */
    record ShopUnreachable(String code) implements ShopOutcome {}
}
