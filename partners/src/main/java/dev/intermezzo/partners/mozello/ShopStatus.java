package dev.intermezzo.partners.mozello;

/** The status an order has at the shop, by the words of the Payment API and of the Store API. */
public enum ShopStatus {
    /** {@code approved} or {@code paid}. */
    PAID,
    /** {@code failed}. */
    FAILED,
    /** {@code pending}. */
    PENDING;

    /** Whether the shop already has what a notification of this status says. */
    public boolean agreesWith(NotifyStatus told) {
        return switch (told) {
            case APPROVED -> this == PAID;
            case FAILED -> this == FAILED;
        };
    }
}
