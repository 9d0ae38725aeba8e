package dev.intermezzo.orchestrator.payment;

/**
 * Why a well-signed form is held instead of paid: another layout, an unlisted host.
 *
 * @param code stable
 * @param detail such as the host concerned
 */
public record HoldReason(String code, String detail) {

    /** The one hold that the shop itself can lift: its order is compared before any money moves. */
    public static final String COMPARE_ORDER = "compare-order";

    boolean liftedByTheShop() {
        return code.equals(COMPARE_ORDER);
    }
}
