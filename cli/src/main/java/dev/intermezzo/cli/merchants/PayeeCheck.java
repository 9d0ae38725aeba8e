package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.CashierRequest;
import dev.intermezzo.partners.mozarto.EligibilityCheck;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.PayIn;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.partners.mozarto.Provider;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.partners.wallets.WalletAddress;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.PayOutLimits;
import dev.intermezzo.schemas.avro.Setting;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Whether a provider can pay somebody, by writing the request of the largest pay-out there may be. What would fail when the
 * money is about to move fails here, a day before, and names what is missing.
 */
final class PayeeCheck {
    /** Stands where an id of ours will. */
    private static final String SOME_ID = "trial";

    private final ProviderCatalogue catalogue;

    PayeeCheck(ProviderCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * @param account the merchant's, with its environment
     * @throws CommandFailure {@code provider-not-routable}, {@code payee-not-payable}, {@code payee-incomplete}, or a code of
     *     {@link WalletAddress.Problem}
     */
    void require(String provider, Payee payee, PayOutLimits limits, CashierAccount account, Environment environment) {
        ProviderOperation operation = operation(provider);
        AccountProvider enabled = account.getProviders().stream()
                .filter(known -> known.getProvider().equals(provider))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "provider-not-routable", "The merchant's account does not list " + provider + "."));
        if (!operation.routable(Set.copyOf(enabled.getConfirmed()))) {
            throw new CommandFailure("provider-not-routable", notRoutable(operation));
        }
        if (payee.instrument() instanceof Instrument.Wallet(String currency, String address)) {
            WalletAddress.problem(currency, address, environment == Environment.SANDBOX)
                    .ifPresent(problem -> {
                        throw new CommandFailure(problem.code(), "About the wallet: " + problem.sentence() + ".");
                    });
        }
        PayIn trial = new PayIn(
                Money.of(
                        CurrencyUnit.of(limits.getCurrency()),
                        limits.getPerPayOut().stripTrailingZeros()),
                payee.details(),
                payee.instrument(),
                SOME_ID,
                SOME_ID,
                new AccountSettings(
                        Set.copyOf(enabled.getConfirmed()),
                        enabled.getSettings().stream().collect(Collectors.toMap(Setting::getName, Setting::getValue)),
                        enabled.getRedirectHosts(),
                        UserContextMode.of(account.getUserContext())),
                null,
                environment == Environment.SANDBOX);
        judge(provider, CashierRequest.payOut(operation, trial));
    }

    private ProviderOperation operation(String provider) {
        Optional<Provider> known = catalogue.providers().stream()
                .filter(each -> each.pspType().code().equals(provider))
                .findFirst();
        return known.flatMap(each -> each.operation(Operation.PAYOUT))
                .orElseThrow(() -> new CommandFailure(
                        "provider-not-routable",
                        "There is no provider " + provider
                                + " that pays out; 'intermezzo providers list' names those that" + " do."));
    }

    private static String notRoutable(ProviderOperation operation) {
        return operation.readiness() == ProviderOperation.Readiness.DESCRIBED
                ? "Too little is known of " + operation.pspType() + " to pay out with it (intermezzo providers list)."
                : "The account must confirm what is assumed about pay-outs of " + operation.pspType() + ": "
                        + String.join(", ", operation.neededToRoute()) + ".";
    }

    private static void judge(String provider, CashierRequest.Result written) {
        switch (written) {
            case CashierRequest.Result.Ready ready -> {}
            case CashierRequest.Result.Incomplete incomplete ->
                throw new CommandFailure(
                        "payee-incomplete",
                        provider + " needs more, or otherwise: "
                                + incomplete.problems().stream()
                                        .map(problem -> problem.name() + " is " + problem.code())
                                        .collect(Collectors.joining(", "))
                                + ".");
            case CashierRequest.Result.NotEligible(EligibilityCheck.Reason reason) ->
                throw new CommandFailure(
                        "payee-not-payable", provider + " cannot pay this payee: " + why(reason) + ".");
        }
    }

    private static String why(EligibilityCheck.Reason reason) {
        return switch (reason) {
            case NOT_ROUTABLE -> "its assumptions are not confirmed";
            case USER_CONTEXT -> "it demands the user token, and the account sends session tokens";
            case CURRENCY -> "it does not pay in the currency of the merchant's limits";
            case COUNTRY -> "it does not pay to that country, or not in that currency";
            case NOT_STATABLE -> "something that it requires is missing, such as ipAddress or a wallet";
            case AMOUNT -> "the limit of one pay-out has more decimals than it takes";
        };
    }
}
