package dev.intermezzo.cli.merchants;

import static dev.intermezzo.runtime.merchants.UnreachableShop.HOLD;

import dev.intermezzo.partners.hosts.SandboxHost;
import dev.intermezzo.partners.mozello.CheckoutRules;
import dev.intermezzo.partners.mozello.FormLayout;
import dev.intermezzo.partners.mozello.HostList;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.merchants.UnreachableShop;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads one integration: a private Mozello shop with its payment key, our public listing with its global key, or a
 * merchant's connection to that listing. Shops have their form's shape and the hosts its forms may name.
 */
final class IntegrationReader {
    private static final List<String> NOTIFY_HOSTS = List.of("www.mozello.com");

    /** 128 bits in base64, and some. */
    private static final int SHORTEST_SECRET = 24;

    private final SecretReader secrets;
    private final Map<String, Declared> merchants;

    /** @param merchants the file's, by id, sound or not */
    IntegrationReader(SecretReader secrets, Map<String, Declared> merchants) {
        this.secrets = secrets;
        this.merchants = merchants;
    }

    Declared read(String id, Section section) {
        IntegrationKind kind = section.choice(
                "kind",
                Map.of(
                        "private", IntegrationKind.PRIVATE,
                        "public", IntegrationKind.PUBLIC,
                        "connection", IntegrationKind.CONNECTION),
                IntegrationKind.PRIVATE);
        return kind == IntegrationKind.PUBLIC ? listing(id, section) : shop(id, section, kind);
    }

    /** Our listing has a key that signs every merchant's forms, and belongs to none of them. */
    private Declared listing(String id, Section section) {
        section.required("environment");
        Environment environment = section.choice(
                "environment",
                Map.of("sandbox", Environment.SANDBOX, "production", Environment.PRODUCTION),
                Environment.SANDBOX);
        List<DeclaredSecret> keys = secrets.read(section, "mozello-keys", "mozello-key", true);
        Integration integration = Integration.newBuilder()
                .setMerchant("")
                .setKind(IntegrationKind.PUBLIC.name())
                .setSecrets(List.of())
                .setInvoicePattern(CheckoutRules.DEFAULT_INVOICE_PATTERN)
                .setFormLayout(String.join(",", FormLayout.DOCUMENTED.head()))
                .setCurrencies(List.of())
                .setNotifyHosts(List.of())
                .setShopHosts(List.of())
                .setPhoneField(null)
                .build();
        section.end();
        return new Declared(id, environment, new Declared.Body.OfIntegration(integration), keys);
    }

    private Declared shop(String id, Section section, IntegrationKind kind) {
        String merchantId = section.required("merchant");
        Optional<Declared> merchant = Optional.ofNullable(merchants.get(merchantId));
        if (merchant.isEmpty() && !merchantId.isEmpty()) {
            section.problem("merchant", "unknown-merchant", "the file has no merchant " + merchantId);
        }
        List<DeclaredSecret> keys = kind == IntegrationKind.PRIVATE
                ? secrets.read(section, "mozello-keys", "mozello-key", true)
                : connectionSecrets(section);
        List<DeclaredSecret> storeKeys = kind == IntegrationKind.PRIVATE
                ? secrets.read(section, "store-api-keys", StoreApiKey.PURPOSE, false)
                : List.of();
        UnreachableShop unreachable = kind == IntegrationKind.PRIVATE ? unreachable(section, storeKeys) : HOLD;
        boolean compared = !storeKeys.isEmpty() && unreachable == HOLD;
        boolean production = merchant.filter(found -> found.environment() == Environment.PRODUCTION)
                .isPresent();
        List<String> currencies = ProviderRules.currencies(section, "currencies");
        section.requireSome("currencies");
        Integration integration = Integration.newBuilder()
                .setMerchant(merchantId)
                .setKind(kind.name())
                .setSecrets(List.of())
                .setInvoicePattern(invoicePattern(section, compared))
                .setFormLayout(formLayout(section))
                .setCurrencies(currencies)
                .setNotifyHosts(hosts(section, "notify-hosts", NOTIFY_HOSTS, production))
                .setShopHosts(hosts(section, "shop-hosts", List.of(), production))
                .setPhoneField(section.text("phone-field").orElse(null))
                .setStoreApiUnreachable(unreachable.name())
                .build();
        section.end();
        return new Declared(
                id,
                merchant.map(Declared::environment).orElse(Environment.SANDBOX),
                new Declared.Body.OfIntegration(integration),
                Stream.concat(keys.stream(), storeKeys.stream()).toList());
    }

    /** What becomes of an order that cannot be compared; without a key none is. */
    private static UnreachableShop unreachable(Section section, List<DeclaredSecret> storeKeys) {
        String key = "store-api-unreachable";
        if (section.raw(key).isPresent() && storeKeys.isEmpty()) {
            section.problem(key, "nothing-compared", "says nothing without store-api-keys");
        }
        return section.choice(key, Map.of("hold", HOLD, "proceed", UnreachableShop.PROCEED), HOLD);
    }

    /** Of our own making, and all that tells one merchant's orders from another's under the global key. */
    private List<DeclaredSecret> connectionSecrets(Section section) {
        List<DeclaredSecret> found = secrets.read(section, "connection-secrets", "connection-secret", true);
        if (found.stream().anyMatch(secret -> secret.value().reveal().length() < SHORTEST_SECRET)) {
            section.problem(
                    "connection-secrets",
                    "secret-too-short",
                    "must have " + SHORTEST_SECRET + " characters or more, drawn at random: openssl rand -base64 32");
        }
        return found;
    }

    /** @param compared no form is paid before the shop has confirmed its invoice number and its amount */
    private static String invoicePattern(Section section, boolean compared) {
        String pattern = section.text("invoice-pattern").orElse(CheckoutRules.DEFAULT_INVOICE_PATTERN);
        InvoiceBoundary.Verdict verdict = InvoiceBoundary.of(pattern);
        if (compared && verdict != InvoiceBoundary.Verdict.INVALID) {
            return pattern;
        }
        switch (verdict) {
            case CLOSED -> {}
            case INVALID ->
                section.problem("invoice-pattern", "malformed-pattern", "is not a regular expression as Java reads it");
            case OPEN ->
                section.problem(
                        "invoice-pattern",
                        "open-boundary",
                        "lets digits of the amount pass as part of the invoice number: it must match one length only, "
                                + "such as M-\\d{10}-\\d{10}, or end in something that is no digit and no dot; a shop with "
                                + "store-api-keys that holds when it is unreachable may have any");
            case NOT_UNDERSTOOD ->
                section.problem(
                        "invoice-pattern",
                        "boundary-not-shown",
                        "cannot be shown to keep digits of the amount out of the invoice number; use plain characters, "
                                + "classes, groups and counts, such as M-\\d{10}-\\d{10}");
        }
        return pattern;
    }

    private static String formLayout(Section section) {
        Optional<String> text = section.text("form-layout");
        if (text.isEmpty()) {
            return String.join(",", FormLayout.DOCUMENTED.head());
        }
        try {
            return String.join(",", FormLayout.parse(text.get()).head());
        } catch (IllegalArgumentException e) {
            section.problem(
                    "form-layout",
                    "malformed-layout",
                    "must name order_uuid, invoice_id, amount and currency once each, the amount not last");
            return text.get();
        }
    }

    private static List<String> hosts(Section section, String key, List<String> otherwise, boolean production) {
        List<String> hosts = section.raw(key).isPresent() ? section.texts(key) : otherwise;
        if (hosts.isEmpty()) {
            section.problem(key, "missing", "must name at least one host");
        }
        for (String host : hosts) {
            // An asterisk would match nothing but itself.
            if (host.contains("*") || !isHost(host)) {
                section.problem(
                        key,
                        "malformed-host",
                        "\"" + host + "\" is no host, such as shop.example, or host with port, such as localhost:8081");
            } else if (production && SandboxHost.matches(host.replaceFirst(":[0-9]+$", ""))) {
                section.problem(
                        key,
                        "sandbox-host",
                        "\"" + host + "\" is this machine or a sandbox beside it, where no production shop lives");
            }
        }
        ProviderRules.twice(section, key, hosts);
        return hosts;
    }

    private static boolean isHost(String host) {
        try {
            return !HostList.of(host).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
