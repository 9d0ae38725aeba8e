package dev.intermezzo.orchestrator.payment;

import java.util.List;

/** What the shop says about an order it was asked about. */
public sealed interface ShopOutcome {

    /** Total and currency are equal and the order is still pending. */
    record OrderMatches() implements ShopOutcome {}

    /**
     * Something is not equal.
     *
     * @param differences the field and what the shop says instead, such as {@code total=12.00}
     */
    record OrderDiffers(List<String> differences) implements ShopOutcome {

        /** The one difference that we may have made ourselves. */
        public static final String STATUS_FAILED = "payment_status=failed";

        public OrderDiffers {
            differences = List.copyOf(differences);
        }

        /** The shop says no more than that the order failed. */
        boolean onlyFailed() {
            return differences.equals(List.of(STATUS_FAILED));
        }
    }

    /** The shop could not be asked. */
    record ShopUnreachable(String code) implements ShopOutcome {}
}
