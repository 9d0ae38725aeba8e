package dev.intermezzo.cli.up;

import dev.intermezzo.sandbox.web.Listening;
import java.net.URI;

/**
 * Where simulated partners stand and whom they talk to.
 *
 * @param account id of their Cashier account at the installation
 * @param shop id of their merchant and its integration
 * @param shopListening the simulated shop
 * @param cashierListening the simulated Cashier
 * @param edge the installation's public edge as browsers and the Cashier reach it, without a path
 * @param listed whether the shop uses the installation's public listing too; its edge must then know the shop as Mozello's
 *     API ({@code mozello.api})
 */
public record PartnersAt(
        String account, String shop, Listening shopListening, Listening cashierListening, URI edge, boolean listed) {

    /** Partners that use no public listing. */
    public PartnersAt(String account, String shop, Listening shopListening, Listening cashierListening, URI edge) {
        this(account, shop, shopListening, cashierListening, edge, false);
    }

    /**
     * The one pair of a world on this machine.
     *
     * @param shopPort 0 for a free one, like {@code cashierPort}
     */
    public static PartnersAt onLoopback(int shopPort, int cashierPort, URI edge) {
        return new PartnersAt(
                SandboxWorld.ACCOUNT,
                SandboxWorld.SHOP,
                Listening.onLoopback(shopPort),
                Listening.onLoopback(cashierPort),
                edge);
    }

    /** The same, with a shop that uses the installation's public listing too. */
    PartnersAt withListing() {
        return new PartnersAt(account, shop, shopListening, cashierListening, edge, true);
    }

    /** Id of the account through which orders of the public listing are paid: it sends session tokens. */
    String sessionAccount() {
        return account + "-session";
    }

    /** Id of the installation's public listing. */
    String listing() {
        return shop + "-listing";
    }

    /** Id of the shop's connection to it, and of that connection's merchant. */
    String connection() {
        return shop + "-public";
    }
}
