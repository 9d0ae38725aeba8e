package dev.intermezzo.orchestrator.payment;

import java.util.List;

/**
 * Why a well-signed form is held instead of paid: another layout, an unlisted host, a comparison that is to come first.
 *
 * @param code stable
 * @param detail such as the host concerned
 */
public record HoldReason(String code, String detail) {

    /** A hold that the shop itself can lift: its order is compared before any money moves. */
    public static final String COMPARE_ORDER = "compare-order";

    /** The same, for a merchant who wants an order paid all the same when its shop cannot be asked. */
    public static final String COMPARE_ORDER_IF_REACHABLE = "compare-order-if-reachable";

    boolean liftedByTheShop() {
        return code.equals(COMPARE_ORDER) || liftedBySilence();
    }

    boolean liftedBySilence() {
        return code.equals(COMPARE_ORDER_IF_REACHABLE);
    }

    static boolean allLiftedByTheShop(List<HoldReason> holds) {
        return !holds.isEmpty() && holds.stream().allMatch(HoldReason::liftedByTheShop);
    }
}
