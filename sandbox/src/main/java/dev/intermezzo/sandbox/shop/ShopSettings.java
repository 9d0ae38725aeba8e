package dev.intermezzo.sandbox.shop;

import java.time.Duration;

/**
 * One simulated shop.
 *
 * @param port port to listen on; 0 for a free one
 * @param integration the gateway's id for this shop, the last part of its checkout address
 * @param paymentKey the shop's Payment API key; never shown
 * @param alias the site alias, as in {@code website_alias}
 * @param hang how long a hanging notification is held; longer than any sender's deadline
 */
public record ShopSettings(int port, String integration, String paymentKey, String alias, Duration hang) {

    /** The sender gives up after 10 s. */
    private static final Duration DEFAULT_HANG = Duration.ofSeconds(12);

    /** A shop whose alias is its integration id. */
    public static ShopSettings of(int port, String integration, String paymentKey) {
        return new ShopSettings(port, integration, paymentKey, integration, DEFAULT_HANG);
    }

    @Override
    public String toString() {
        return "ShopSettings[port=" + port + ", integration=" + integration + ", alias=" + alias + "]";
    }
}
