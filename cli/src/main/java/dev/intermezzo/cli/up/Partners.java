package dev.intermezzo.cli.up;

import dev.intermezzo.cli.merchants.MerchantsApply;
import dev.intermezzo.cli.merchants.SandboxDestinations;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.cashier.BackOffice;
import dev.intermezzo.sandbox.cashier.CashierSettings;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PublicListing;
import dev.intermezzo.sandbox.shop.ShopSettings;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import dev.intermezzo.sandbox.shop.WebhookCall;
import dev.intermezzo.schemas.Ids;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** A simulated Mozello shop and a simulated Mozarto Cashier that share secrets with an installation, whichever it is. */
public final class Partners implements AutoCloseable {
    private final PartnersAt at;
    private final SandboxSecrets secrets;
    private final SimulatedShop shop;
    private final SimulatedCashier cashier;

    private Partners(PartnersAt at, SandboxSecrets secrets, SimulatedShop shop, SimulatedCashier cashier) {
        this.at = at;
        this.secrets = secrets;
        this.shop = shop;
        this.cashier = cashier;
    }

    /**
     * Starts both.
     *
     * @param secretsFolder keeps what they share with the installation, drawn at the first start; it exists
     * @throws CommandFailure when the folder cannot be used
     */
    public static Partners start(PartnersAt at, Path secretsFolder, InstantSource clock) {
        return start(at, secretsFolder, clock, UnaryOperator.identity());
    }

    /**
     * The same with a Cashier of one's own making.
     *
     * @param cashierMade from the usual settings
     */
    public static Partners start(
            PartnersAt at, Path secretsFolder, InstantSource clock, UnaryOperator<CashierSettings> cashierMade) {
        SandboxSecrets secrets = SandboxSecrets.of(secretsFolder);
        ShopSettings settings = ShopSettings.of(at.shopListening(), at.shop(), secrets.mozelloKey());
        SimulatedShop shop = SimulatedShop.start(
                at.listed()
                        ? settings.using(
                                new PublicListing(secrets.globalKey(), at.connection(), secrets.connectionSecret()))
                        : settings,
                at.edge(),
                clock,
                new SecureRandom());
        try {
            SimulatedCashier cashier = SimulatedCashier.start(
                    cashierMade.apply(CashierSettings.of(
                            at.cashierListening(),
                            secrets.tokens().token(),
                            secrets.tokens().userTokenSecret())),
                    new BackOffice(
                            webhookAddress(at, at.account(), secrets.tokens()), returnAddress(at, at.account()), null),
                    clock,
                    new SecureRandom());
            // It named an address for sessions, and its secret key is known to nobody: no user token could be signed.
            cashier.admit(
                    secrets.sessions().token(),
                    secrets.sessions().userTokenSecret(),
                    new BackOffice(
                            webhookAddress(at, at.sessionAccount(), secrets.sessions()),
                            returnAddress(at, at.sessionAccount()),
                            null,
                            at.edge()
                                    .resolve("/mozarto/" + at.sessionAccount() + "/users/"
                                            + secrets.sessions().webhookToken())));
            return new Partners(at, secrets, shop, cashier);
        } catch (RuntimeException e) {
            shop.close();
            throw e;
        }
    }

    /**
     * Makes them known to an installation: its accounts, merchants, integrations, and whom the shop's merchant may pay out to.
     * Nothing is written when they are.
     *
     * @param keys with {@link dev.intermezzo.runtime.sealing.Keyset#MERCHANT_SECRETS} and
     *     {@link dev.intermezzo.runtime.sealing.Keyset#EXECUTOR_PUBLIC}
     * @throws CommandFailure when the installation does not take them
     */
    public void apply(KafkaSettings kafka, SealingKeys keys) {
        SandboxMerchants.of(at, shop, cashier, secrets).forEach(file -> MerchantsApply.apply(file, kafka, keys));
        SandboxDestinations.add(
                merchant(), SandboxPayee.ALL.stream().map(SandboxPayee::wanted).toList(), kafka, keys);
    }

    /**
     * The shop's owner begins to use the public listing, which the installation hears from Mozello.
     *
     * @throws CommandFailure {@code not-installed} when it does not take that
     */
    void install() {
        WebhookCall call = shop.install();
        if (call.status() != 200) {
            throw new CommandFailure(
                    "not-installed", "The edge answered the simulated shop's install webhook " + call.status() + ".");
        }
    }

    public SimulatedShop shop() {
        return shop;
    }

    public SimulatedCashier cashier() {
        return cashier;
    }

    /** Id of the merchant whose the shop's own orders are, and the pay-outs to {@link SandboxPayee}. */
    public String merchant() {
        return at.shop();
    }

    /** Id of an order's payment at the installation; one that came through the public listing belongs to the connection. */
    public String payment(OrderSnapshot order) {
        return Ids.payment(shop.isListed(order.uuid()) ? at.connection() : at.shop(), order.uuid());
    }

    /** The static return address, at the installation, of the account through which the shop's own orders are paid. */
    public URI returnAddress() {
        return returnAddress(at, at.account());
    }

    @Override
    public void close() {
        cashier.close();
        shop.close();
    }

    private static URI returnAddress(PartnersAt at, String account) {
        return at.edge().resolve("/return/" + account);
    }

    private static URI webhookAddress(PartnersAt at, String account, SandboxSecrets.Company company) {
        return at.edge().resolve("/mozarto/" + account + "/webhooks/" + company.webhookToken());
    }
}
