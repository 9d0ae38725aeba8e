package dev.intermezzo.sandbox.shop;

import dev.intermezzo.sandbox.web.Listening;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One simulated shop.
 *
 * @param listening where it listens and is reached
 * @param integration the gateway's id for this shop, the last part of its checkout address
 * @param paymentKey the shop's Payment API key; never shown
 * @param alias the site alias, as in {@code website_alias}
 * @param hang how long a hanging notification is held; longer than any sender's deadline
 * @param listing the gateway's public listing, if some orders are paid through it
 */
public record ShopSettings(
        Listening listening,
        String integration,
        String paymentKey,
        String alias,
        Duration hang,
        @Nullable PublicListing listing) {

    /** The sender gives up after 10 s. */
    private static final Duration DEFAULT_HANG = Duration.ofSeconds(12);

    /** A shop that uses no public listing. */
    public ShopSettings(Listening listening, String integration, String paymentKey, String alias, Duration hang) {
        this(listening, integration, paymentKey, alias, hang, null);
    }

    /** A shop on loopback whose alias is its integration id. */
    public static ShopSettings of(int port, String integration, String paymentKey) {
        return of(Listening.onLoopback(port), integration, paymentKey);
    }

    /** A shop whose alias is its integration id. */
    public static ShopSettings of(Listening listening, String integration, String paymentKey) {
        return new ShopSettings(listening, integration, paymentKey, integration, DEFAULT_HANG);
    }

    /** The same shop, using the gateway's public listing too. */
    public ShopSettings using(PublicListing publicListing) {
        return new ShopSettings(listening, integration, paymentKey, alias, hang, publicListing);
    }

    @Override
    public String toString() {
        return "ShopSettings[listening=" + listening + ", integration=" + integration + ", alias=" + alias + "]";
    }
}
