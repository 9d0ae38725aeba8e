package dev.intermezzo.cli.check;

import dev.intermezzo.cli.edge.EdgeAddresses;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Route;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an operator copies into the partners' back offices. A webhook's token is not among it: it was shown when it was
 * issued and is kept nowhere.
 *
 * @param paymentUrls by integration
 * @param notificationUrls of those that are compared with their shop's own record
 * @param userAuthUrl empty where the account sends no session tokens
 * @param providers one per provider of the account
 */
record PasteList(
        Subject subject,
        Map<String, String> paymentUrls,
        Map<String, String> notificationUrls,
        Optional<String> userAuthUrl,
        List<ProviderAddresses> providers) {
    private static final String TOKEN = "<token>";

    PasteList {
        paymentUrls = new TreeMap<>(paymentUrls);
        notificationUrls = new TreeMap<>(notificationUrls);
        providers = List.copyOf(providers);
    }

    /**
     * The addresses of one provider.
     *
     * @param inUse whether a route leads to it
     * @param returnFrom {@code back-office} when the provider takes the buyer's way back from there only, {@code request}
     *     when each payment names it and the back office's is a fallback
     */
    record ProviderAddresses(
            String provider, boolean inUse, boolean webhook, String webhookUrl, String returnUrl, String returnFrom) {}

    static PasteList of(Subject subject, EdgeAddresses addresses) {
        Map<String, String> paymentUrls = new TreeMap<>();
        subject.integrations()
                .forEach((id, integration) -> paymentUrls.put(
                        id, addresses.checkoutOf(id, integration).toString()));
        Map<String, String> notificationUrls = new TreeMap<>();
        subject.integrations().forEach((id, integration) -> {
            if (StoreApiKey.declared(integration)) {
                notificationUrls.put(id, addresses.notifications(id).toString());
            }
        });
        String webhook = withPlaceholder(addresses.webhook(subject.accountId(), "TOKEN"));
        Optional<String> userAuth = UserContextMode.of(subject.account().getUserContext()) == UserContextMode.SESSION
                ? Optional.of(withPlaceholder(addresses.userAuth(subject.accountId(), "TOKEN")))
                : Optional.empty();
        List<ProviderAddresses> providers = subject.account().getProviders().stream()
                .map(AccountProvider::getProvider)
                .map(code -> provider(code, subject, webhook, addresses))
                .toList();
        return new PasteList(subject, paymentUrls, notificationUrls, userAuth, providers);
    }

    /** The placeholder is no character of an address, so it is put in as text. */
    private static String withPlaceholder(URI address) {
        return address.toString().replaceFirst("TOKEN$", TOKEN);
    }

    private static ProviderAddresses provider(String code, Subject subject, String webhook, EdgeAddresses addresses) {
        boolean inUse =
                subject.merchant().getRoutes().stream().map(Route::getProvider).anyMatch(code::equals);
        boolean perRequest = RouteCheck.payIn(code)
                .map(operation -> operation.returnAddress() == ProviderOperation.ReturnAddress.PER_REQUEST)
                .orElse(false);
        boolean expected = RouteCheck.payIn(code)
                .map(operation -> operation.webhook().expected())
                .orElse(true);
        return new ProviderAddresses(
                code,
                inUse,
                expected,
                webhook,
                addresses.back(subject.accountId()).toString(),
                perRequest ? "request" : "back-office");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Merchant " + subject.merchantId() + ", account " + subject.accountId() + " ("
                + subject.environment().name().toLowerCase(Locale.ROOT) + ")");
        lines.add("");
        lines.add("Mozello, Store > Store settings > Payment > Credit cards / payment platforms > API:");
        paymentUrls.forEach((id, url) -> lines.add(payment(id, url)));
        notificationUrls.forEach((id, url) ->
                lines.add("  notifications_url of " + id + "   " + url + "   (Store API; PAYMENT_CHANGED is enough)"));
        lines.add("");
        lines.add("Mozarto's back office, Admin > Configuration > Payment Methods > PSP account:");
        for (ProviderAddresses each : providers) {
            lines.add("  " + each.provider() + (each.inUse() ? "" : " (no route leads to it)"));
            if (each.webhook()) {
                lines.add("    webhookUrl   " + each.webhookUrl());
            }
            lines.add("    siteUrl      " + each.returnUrl()
                    + (each.returnFrom().equals("request")
                            ? "   (each payment names its own; this is the fallback)"
                            : ""));
        }
        userAuthUrl.ifPresent(url -> {
            lines.add("Mozarto's back office, Admin Center > API Credentials:");
            lines.add("  User Auth URL  " + url);
        });
        int tokens = subject.account().getWebhookTokenDigests().size();
        lines.add("  " + TOKEN + ": of " + tokens + (tokens == 1 ? " valid one" : " valid ones")
                + ", shown when it was issued; 'intermezzo accounts webhook-url --account " + subject.accountId()
                + "' issues one and prints the whole address.");
        lines.add("");
        return lines;
    }

    private String payment(String id, String url) {
        Integration integration = subject.integrations().get(id);
        return integration != null && IntegrationKind.CONNECTION.of(integration)
                ? "  connection ID   " + id + "   (for the shop's owner, with its secret; payment_api_url is " + url
                        + ")"
                : "  payment URL of " + id + "   " + url;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("merchant", subject.merchantId());
        fields.put("account", subject.accountId());
        fields.put("payment_urls", paymentUrls);
        fields.put("notification_urls", notificationUrls);
        userAuthUrl.ifPresent(url -> fields.put("user_auth_url", url));
        fields.put("providers", providers);
        fields.put("webhook_tokens", subject.account().getWebhookTokenDigests().size());
        return fields;
    }
}
