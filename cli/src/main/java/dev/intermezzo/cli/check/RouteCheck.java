package dev.intermezzo.cli.check;

import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Can every currency of the shops be paid, and will an approval be told? */
final class RouteCheck {
    private static final String APPLY = " Then apply the merchants file.";

    private final Findings findings;

    RouteCheck(Findings findings) {
        this.findings = findings;
    }

    void check(Subject subject) {
        String merchant = "merchant:" + subject.merchantId();
        if (!subject.merchant().getEnabled()) {
            findings.problem(
                    merchant, "merchant-disabled", "takes no new payments", "Set enabled: true to take them." + APPLY);
        }
        if (subject.environment() == Environment.SANDBOX && !subject.merchant().getTestShop()) {
            findings.problem(
                    merchant,
                    "not-marked-test",
                    "uses a sandbox account and is not a test shop: an approval would never be told",
                    "Set test: true if this is a test shop, or use a production account." + APPLY);
        }
        if (subject.integrations().isEmpty()) {
            findings.problem(
                    merchant, "integration-missing", "has no shop", "Declare an integration of this merchant." + APPLY);
        }
        if (subject.account().getWebhookTokenDigests().isEmpty()) {
            findings.problem(
                    "account:" + subject.accountId(),
                    "webhook-address-missing",
                    "has no webhook address, so no payment can be confirmed",
                    "Issue one: intermezzo accounts webhook-url --account " + subject.accountId());
        }
        if (subject.secrets().stream().noneMatch(secret -> secret.purpose().equals("webhook-authorization"))) {
            findings.note("account:" + subject.accountId()
                    + " checks no Authorization of webhooks; set isWebhookSecured and webhook-authorization where the "
                    + "provider offers it.");
        }
        List<Route> usable = subject.merchant().getRoutes().stream()
                .filter(route -> isUsable(route, subject))
                .toList();
        subject.integrations().forEach((id, integration) -> shop(id, integration, subject, usable));
    }

    private void shop(String id, Integration integration, Subject subject, List<Route> usable) {
        if (IntegrationKind.CONNECTION.of(integration) && !subject.connected().contains(id)) {
            findings.problem(
                    "integration:" + id,
                    "connection-not-active",
                    "takes no payments: Mozello has not told of an installation with its secret, or it was disconnected",
                    "Have the shop's owner enter connection id and secret and save, or: intermezzo merchants connect "
                            + id);
        }
        for (String currency : integration.getCurrencies()) {
            if (usable.stream().noneMatch(route -> takes(route, currency))) {
                findings.problem(
                        "integration:" + id,
                        "currency-without-route",
                        "takes " + currency + ", and no usable route of merchant:" + subject.merchantId() + " does",
                        "Add a route with a provider that takes " + currency
                                + " (intermezzo providers list), or leave the currency out." + APPLY);
            }
        }
    }

    private boolean isUsable(Route route, Subject subject) {
        String where = "merchant:" + subject.merchantId();
        String code = route.getProvider();
        Optional<AccountProvider> enabled = subject.account().getProviders().stream()
                .filter(provider -> provider.getProvider().equals(code))
                .findFirst();
        if (enabled.isEmpty()) {
            findings.problem(
                    where,
                    "provider-not-in-account",
                    "has a route to " + code + ", which account:" + subject.accountId() + " does not list",
                    "List " + code + " under the account's providers." + APPLY);
            return false;
        }
        Optional<ProviderOperation> payIn = payIn(code);
        Set<String> confirmed = new TreeSet<>(enabled.get().getConfirmed());
        if (payIn.isEmpty() || payIn.get().readiness() == ProviderOperation.Readiness.DESCRIBED) {
            findings.problem(
                    where,
                    "provider-not-routable",
                    "has a route to " + code + ", of which too little is known to pay with it",
                    "Use another provider; intermezzo providers list tells what is known." + APPLY);
            return false;
        }
        if (!payIn.get().unservedFields().isEmpty()) {
            findings.problem(
                    where,
                    "provider-not-served",
                    "has a route to " + code + ", which requires what this release has no value for: "
                            + String.join(", ", payIn.get().unservedFields()),
                    "Use another provider; intermezzo providers list tells what is known." + APPLY);
            return false;
        }
        boolean routable = payIn.get().routable(confirmed);
        for (ProviderOperation.Assumption assumption : payIn.get().assumptions()) {
            boolean ofSessions = assumption.name().equals(payIn.get().sessionAssumption());
            if (!confirmed.contains(assumption.name()) && !ofSessions) {
                unconfirmed(where, code, assumption, routable);
            }
        }
        return hearsOfBuyers(where, payIn.get(), subject, confirmed) && routable;
    }

    private boolean hearsOfBuyers(String where, ProviderOperation payIn, Subject subject, Set<String> confirmed) {
        if (payIn.takes(UserContextMode.of(subject.account().getUserContext()), confirmed)) {
            return true;
        }
        findings.problem(
                where,
                "user-token-demanded",
                "has a route to " + payIn.pspType() + ", which demands the user token, and account:"
                        + subject.accountId() + " sends session tokens",
                (payIn.sessionAssumption() == null
                                ? "Use another provider, or user-context: token."
                                : "Ask Mozarto or try it in their sandbox, then name " + payIn.sessionAssumption()
                                        + " under confirmed; or use user-context: token.")
                        + APPLY);
        return false;
    }

    private void unconfirmed(String where, String code, ProviderOperation.Assumption assumption, boolean routable) {
        if (routable) {
            findings.note(code + " is used without " + assumption.name() + ": " + assumption.sentence());
        } else {
            findings.problem(
                    where,
                    "assumption-unconfirmed",
                    "cannot use " + code + " before " + assumption.name() + " is confirmed: " + assumption.sentence(),
                    "Ask Mozarto or try it in their sandbox, then name it under confirmed." + APPLY);
        }
    }

    private static boolean takes(Route route, String currency) {
        if (!route.getCurrencies().isEmpty()) {
            return route.getCurrencies().contains(currency);
        }
        List<String> taken =
                payIn(route.getProvider()).map(ProviderOperation::currencies).orElse(List.of());
        return taken.isEmpty() || taken.contains(currency);
    }

    static Optional<ProviderOperation> payIn(String code) {
        return ProviderCatalogue.bundled().providers().stream()
                .filter(provider -> provider.pspType().code().equals(code))
                .findFirst()
                .flatMap(provider -> provider.operation(Operation.PAYIN));
    }
}
