package dev.intermezzo.ingress.payments;

import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who a payment belongs to, as the merchants' settings are now. */
public final class Shops {

    private final MerchantDirectory directory;

    public Shops(MerchantDirectory directory) {
        this.directory = directory;
    }

    /** The integration alone, as far as it is known. */
    public Optional<Versioned<Integration>> integration(String id) {
        return directory.integration(id);
    }

    /** The shop of an integration; empty when the integration or its merchant is not known. */
    public Optional<Shop> shop(String integrationId) {
        return directory
                .integration(integrationId)
                .flatMap(integration -> directory
                        .merchant(integration.body().getMerchant())
                        .map(merchant -> new Shop(
                                integrationId,
                                integration.body(),
                                integration.revision(),
                                merchant.record(),
                                merchant.body())));
    }

    /** The shop of a payment id, {@code <integration>~<order uuid>}. */
    public Optional<Shop> shopOfPayment(String paymentId) {
        int end = paymentId.indexOf('~');
        return end < 0 ? Optional.empty() : shop(paymentId.substring(0, end));
    }

    /** Whose pay-out an id is, {@code <merchant>~payout~<hash>}, if its merchant uses this account. */
    public Optional<PaymentOwner> ownerOfPayOut(String merchantId, String account, String payOutId) {
        return directory
                .merchant(merchantId)
                .filter(merchant -> uses(merchant.body(), account))
                .map(merchant -> new PaymentOwner(payOutId, merchantId, merchant.environment()));
    }

    public Optional<Versioned<CashierAccount>> account(String id) {
        return directory.account(id);
    }

    /** The provider of a route in its account, if the account has it and belongs to the merchant's environment. */
    public Optional<AccountProvider> provider(Shop shop, Route route) {
        return directory
                .account(route.getAccount())
                .filter(account -> account.environment() == shop.environment())
                .flatMap(account -> account.body().getProviders().stream()
                        .filter(provider -> provider.getProvider().equals(route.getProvider()))
                        .findFirst());
    }

    /** By which header a route's account tells who the buyer is. */
    public UserContextMode userContext(Route route) {
        return directory
                .account(route.getAccount())
                .map(account -> UserContextMode.of(account.body().getUserContext()))
                .orElse(UserContextMode.TOKEN);
    }

    /**
     * Integrations whose merchants pay through an account: the only ones its webhooks can mean. A merchant whose routes
     * were taken away still has payments that were opened there.
     */
    public List<String> integrationsUsing(String account) {
        Set<String> merchants = directory.all().stream()
                .filter(record -> record.getBody() instanceof Merchant merchant && uses(merchant, account))
                .map(record -> record.getId())
                .collect(Collectors.toUnmodifiableSet());
        return directory.integrations().stream()
                .filter(integration -> merchants.contains(integration.body().getMerchant()))
                .map(Versioned::id)
                .toList();
    }

    private static boolean uses(Merchant merchant, String account) {
        return merchant.getAccount().equals(account)
                || merchant.getRoutes().stream()
                        .anyMatch(route -> route.getAccount().equals(account));
    }
}
