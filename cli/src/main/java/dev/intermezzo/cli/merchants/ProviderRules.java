package dev.intermezzo.cli.merchants;

import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.partners.mozarto.FieldRule;
import dev.intermezzo.partners.mozarto.FieldSource;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.Provider;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.schemas.avro.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the catalogue says about the providers, currencies and settings that a file names. */
final class ProviderRules {
    private static final String USER_ID = "user-id";
    private static final Set<String> USER_ID_MODES = Set.of("per-buyer", "per-attempt");

    private final ProviderCatalogue catalogue;

    ProviderRules(ProviderCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The provider of this code; empty and reported when there is none. */
    Optional<Provider> provider(Problems problems, String where, String code) {
        Optional<Provider> found = catalogue.providers().stream()
                .filter(provider -> provider.pspType().code().equals(code))
                .findFirst();
        if (found.isEmpty()) {
            problems.add(
                    where,
                    "unknown-provider",
                    "the catalogue has no provider " + code + "; it has "
                            + catalogue.providers().stream()
                                    .map(provider -> provider.pspType().code())
                                    .collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** How a buyer pays with this provider. */
    Optional<ProviderOperation> payIn(String code) {
        return catalogue.providers().stream()
                .filter(provider -> provider.pspType().code().equals(code))
                .findFirst()
                .flatMap(provider -> provider.operation(Operation.PAYIN));
    }

    /** The names of the provider's assumptions. */
    static Set<String> assumptions(Provider provider) {
        return provider.operations().stream()
                .flatMap(operation -> operation.assumptions().stream())
                .map(ProviderOperation.Assumption::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Settings of a provider, by name; unknown ones are reported. */
    static List<Setting> settings(Section section, String key, Optional<Provider> provider) {
        Map<String, String> settings = section.settings(key);
        provider.ifPresent(known -> {
            Set<String> names = settingNames(known);
            settings.forEach((name, value) -> {
                if (!names.contains(name)) {
                    section.problem(
                            key + "." + name,
                            "unknown-setting",
                            "is not a setting of " + known.pspType().code() + "; it has " + String.join(", ", names));
                } else if (name.equals(USER_ID) && !USER_ID_MODES.contains(value)) {
                    section.problem(key + "." + name, "not-one-of", "must be per-buyer or per-attempt");
                } else {
                    settingFields(known)
                            .filter(field -> field.name().equals(name) && !field.takes(value))
                            .findFirst()
                            .ifPresent(field -> section.problem(
                                    key + "." + name, "setting-malformed", "must be " + orText(field.inWords())));
                }
            });
        });
        return settings.entrySet().stream()
                .map(setting -> new Setting(setting.getKey(), setting.getValue()))
                .toList();
    }

    /** ISO 4217 codes under a key; others are reported. */
    static List<String> currencies(Section section, String key) {
        List<String> currencies = section.texts(key);
        currencies.stream()
                .filter(code -> Amounts.currency(code).isEmpty())
                .forEach(code -> section.problem(
                        key,
                        "unknown-currency",
                        "\"" + code + "\" is not an ISO 4217 code of money in use, such as CAD"));
        twice(section, key, currencies);
        return currencies;
    }

    /** Reports what a list names twice. */
    static void twice(Section section, String key, List<String> values) {
        Set<String> seen = new TreeSet<>();
        values.stream()
                .filter(value -> !seen.add(value))
                .distinct()
                .forEach(value -> section.problem(key, "named-twice", "names \"" + value + "\" twice"));
    }

    private static Set<String> settingNames(Provider provider) {
        Set<String> names = settingFields(provider).map(FieldRule::name).collect(Collectors.toCollection(TreeSet::new));
        names.add(USER_ID);
        return names;
    }

    private static Stream<FieldRule> settingFields(Provider provider) {
        return provider.operations().stream()
                .flatMap(operation -> operation.fields().stream())
                .flatMap(FieldRule::withFields)
                .filter(field -> field.source() == FieldSource.SETTING);
    }

    private static String orText(String words) {
        return words.isEmpty() ? "text without control characters" : words;
    }
}
