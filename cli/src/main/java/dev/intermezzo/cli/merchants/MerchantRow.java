package dev.intermezzo.cli.merchants;

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
 * @param uses the account of a merchant, the merchant of an integration; empty for an account
 * @param enabled only a merchant can be switched off
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
        List<String> currencies) {

    private static final String LINE = "%-12s %-24s %-11s %-13s %-8s %-24s %s";
    static final String HEADING =
            LINE.formatted("KIND", "ID", "ENVIRONMENT", "REVISION", "ENABLED", "USES", "PROVIDERS OR CURRENCIES");

    static MerchantRow of(MerchantRecord record) {
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
                        List.of());
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
                                .toList());
            case Integration integration ->
                new MerchantRow(
                        "integration",
                        record.getId(),
                        environment,
                        record.getRevision(),
                        integration.getMerchant(),
                        true,
                        false,
                        List.of(),
                        integration.getCurrencies());
            default -> throw new IllegalStateException("a stored record has a body that is known");
        };
    }

    String line() {
        return LINE.formatted(
                        kind,
                        id,
                        environment,
                        revision,
                        enabled ? "yes" : "no",
                        uses,
                        String.join(" ", providers.isEmpty() ? currencies : providers) + (test ? " (test)" : ""))
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
        return fields;
    }
}
