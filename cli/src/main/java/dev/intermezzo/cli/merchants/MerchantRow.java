package dev.intermezzo.cli.merchants;

import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.merchants.UnreachableShop;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A stored record as a list shows it.
 *
 * @param kind {@code account}, {@code merchant}, {@code integration}, {@code listing} or {@code connection}
 * @param uses the account of a merchant, the merchant of a shop; empty for an account and a listing
 * @param enabled a merchant can be switched off, and a connection takes payments once it is installed
 * @param storeApi of an integration: {@code absent}, or what becomes of an order whose shop cannot be asked, {@code hold} or
 *     {@code proceed}; empty for the others
 */
record MerchantRow(
        String kind,
        String id,
        String environment,
        String revision,
        String uses,
        boolean enabled,
        boolean test,
        List<String> providers,
        List<String> currencies,
        String storeApi) {

    private static final String LINE = "%-12s %-24s %-11s %-13s %-8s %-24s %s";
    static final String HEADING =
            LINE.formatted("KIND", "ID", "ENVIRONMENT", "REVISION", "ENABLED", "USES", "PROVIDERS OR CURRENCIES");

    /** A record as it is declared. */
    static MerchantRow of(MerchantRecord record) {
        return of(record, true);
    }

    /** A record as it stands. */
    static MerchantRow of(MerchantRecord record, StoredRecords stored) {
        return of(record, stored.connected(record.getId()));
    }

    private static MerchantRow of(MerchantRecord record, boolean connected) {
        String environment = record.getEnvironment().name().toLowerCase(Locale.ROOT);
        return switch (record.getBody()) {
            case CashierAccount account ->
                new MerchantRow(
                        "account",
                        record.getId(),
                        environment,
                        record.getRevision(),
                        "",
                        true,
                        false,
                        account.getProviders().stream()
                                .map(AccountProvider::getProvider)
                                .toList(),
                        List.of(),
                        "");
            case Merchant merchant ->
                new MerchantRow(
                        "merchant",
                        record.getId(),
                        environment,
                        record.getRevision(),
                        merchant.getAccount(),
                        merchant.getEnabled(),
                        merchant.getTestShop(),
                        merchant.getRoutes().stream()
                                .map(Route::getProvider)
                                .distinct()
                                .toList(),
                        merchant.getRoutes().stream()
                                .flatMap(route -> route.getCurrencies().stream())
                                .distinct()
                                .toList(),
                        "");
            case Integration integration ->
                new MerchantRow(
                        word(integration),
                        record.getId(),
                        environment,
                        record.getRevision(),
                        integration.getMerchant(),
                        connected || !IntegrationKind.CONNECTION.of(integration),
                        false,
                        List.of(),
                        integration.getCurrencies(),
                        storeApi(integration));
            default -> throw new IllegalStateException("a stored record has a body that is known");
        };
    }

    private static String word(Integration integration) {
        if (IntegrationKind.PUBLIC.of(integration)) {
            return "listing";
        }
        return IntegrationKind.CONNECTION.of(integration) ? "connection" : "integration";
    }

    /** Whether there is a key, never which. */
    private static String storeApi(Integration integration) {
        return StoreApiKey.declared(integration)
                ? UnreachableShop.of(integration).name().toLowerCase(Locale.ROOT)
                : "absent";
    }

    private boolean compared() {
        return !storeApi.isEmpty() && !storeApi.equals("absent");
    }

    String line() {
        return LINE.formatted(
                        kind,
                        id,
                        environment,
                        revision,
                        enabled ? "yes" : "no",
                        uses,
                        String.join(" ", providers.isEmpty() ? currencies : providers)
                                + (test ? " (test)" : "")
                                + (compared() ? " (Store API, else " + storeApi + ")" : ""))
                .stripTrailing();
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("id", id);
        fields.put("environment", environment);
        fields.put("revision", revision);
        fields.put("uses", uses);
        fields.put("enabled", enabled);
        fields.put("test", test);
        fields.put("providers", providers);
        fields.put("currencies", currencies);
        fields.put("storeApi", storeApi);
        return fields;
    }
}
