package dev.intermezzo.partners.mozarto;

import dev.intermezzo.partners.money.Amounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold for every provider file; a catalogue that breaks one of these stops the start. */
final class CatalogueRules {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final List<String> problems = new ArrayList<>();

    private CatalogueRules() {}

    /** The problems of one provider file, in sentences; empty when it is usable. */
    static List<String> problemsOf(String fileName, Provider provider) {
        CatalogueRules rules = new CatalogueRules();
        rules.checkProvider(fileName, provider);
        return List.copyOf(rules.problems);
    }

    private void checkProvider(String fileName, Provider provider) {
        Set<String> settings = new HashSet<>();
        for (ConfigurationItem item : provider.configuration()) {
            require(settings.add(item.name()), fileName + " configuration " + item.name(), "is there twice");
            require(
                    !item.required() || item.preset() == null,
                    fileName + " configuration " + item.name(),
                    "is required, so it has no default");
        }
        String expected = provider.pspType().code().toLowerCase(Locale.ROOT) + ".json";
        require(fileName.equals(expected), fileName, "must be called " + expected);
        require(!provider.operations().isEmpty(), fileName, "names no operation");
        Set<String> seen = new HashSet<>();
        for (ProviderOperation operation : provider.operations()) {
            String where = fileName + " " + operation.operation()
                    + (operation.variant() == null ? "" : " " + operation.variant());
            require(seen.add(operation.title()), where, "is there twice");
            require(
                    operation.variant() != null
                            || provider.operations().stream()
                                            .filter(other -> other.operation() == operation.operation())
                                            .count()
                                    == 1,
                    where,
                    "must name its variant, since there are several");
            checkOperation(where, operation);
        }
    }

    private void checkOperation(String where, ProviderOperation operation) {
        require(
                operation.operation() == Operation.PAYIN || operation.kind() == ProviderOperation.Kind.MOVES_MONEY,
                where,
                "must be moves-money: a pay-out is never repeated");
        require(
                operation.currencies().stream()
                        .allMatch(code -> Amounts.currency(code).isPresent()),
                where,
                "names a currency that ISO 4217 does not know");
        require(COUNTRIES.containsAll(operation.countries()), where, "names a country that ISO 3166 does not know");
        ProviderOperation.Market market = operation.market();
        require(
                market == null
                        || market.exampleCurrencies().stream()
                                .allMatch(code -> Amounts.currency(code).isPresent()),
                where,
                "gives an example of a currency that ISO 4217 does not know");
        require(operation.lateWindow().isPositive(), where, "lateWindow must be above zero");
        require(
                operation.sessionLifetime() == null
                        || operation.sessionLifetime().isPositive(),
                where,
                "sessionLifetime must be above zero");
        require(
                operation.localCurrencies().isEmpty()
                        || (operation.localCurrencies().keySet().equals(Set.copyOf(operation.countries()))
                                && operation
                                        .currencies()
                                        .containsAll(operation.localCurrencies().values())),
                where,
                "must name one of its currencies for each of its countries, and for no other");
        checkUserContext(where, operation);
        checkSilence(where, operation);
        checkReadiness(where, operation);
        checkRedirect(where, operation);
        checkFields(where, operation, operation.fields());
        require(
                !operation.webhook().currencyMayBeAbsent()
                        || operation.currencies().size() == 1,
                where,
                "may leave the webhook's currency open only with exactly one currency");
    }

    private void checkUserContext(String where, ProviderOperation operation) {
        String assumption = operation.sessionAssumption();
        if (assumption == null) {
            return;
        }
        require(
                operation.userContext() == ProviderOperation.UserContext.USER_TOKEN,
                where,
                "needs no assumption for a session token, since its documents allow one");
        require(
                operation.assumptions().stream().anyMatch(each -> each.name().equals(assumption)),
                where,
                "lets a session token rest on an assumption that is not named");
    }

    /** Somebody has to know, before a route is made, that nobody will tell how its payments ended. */
    private void checkSilence(String where, ProviderOperation operation) {
        String assumption = operation.webhook().silence();
        if (assumption == null) {
            return;
        }
        require(!isTold(operation), where, "needs no assumption about silence, since its outcome is told");
        require(
                operation.assumptions().stream().anyMatch(each -> each.name().equals(assumption)),
                where,
                "lets its silence rest on an assumption that is not named");
    }

    private static boolean isTold(ProviderOperation operation) {
        return operation.webhook().expected() || operation.synchronous();
    }

    private void checkReadiness(String where, ProviderOperation operation) {
        switch (operation.readiness()) {
            case DOCUMENTED -> checkRoutable(where, operation);
            case ASSUMED -> {
                checkRoutable(where, operation);
                require(
                        !operation.neededToRoute().isEmpty(),
                        where,
                        "is assumed but names no assumption that it rests on");
            }
            case DESCRIBED ->
                require(!operation.openQuestions().isEmpty(), where, "is only described but asks no open question");
        }
    }

    private void checkRoutable(String where, ProviderOperation operation) {
        Set<FieldSource> sources =
                operation.fields().stream().map(FieldRule::source).collect(Collectors.toSet());
        for (FieldSource needed : List.of(
                FieldSource.PSP_TYPE,
                FieldSource.OPERATION,
                FieldSource.AMOUNT,
                FieldSource.CURRENCY,
                FieldSource.USER_ID)) {
            require(sources.contains(needed), where, "may be routed but sends no " + needed);
        }
        require(
                isTold(operation)
                        || (operation.webhook().silence() != null
                                && operation.readiness() == ProviderOperation.Readiness.ASSUMED),
                where,
                "may be routed but its outcome would never be known, and no assumption says so");
        require(
                operation.wantsReturnAddress()
                        == (operation.returnAddress() == ProviderOperation.ReturnAddress.PER_REQUEST),
                where,
                "must have a field for the return address if, and only if, it is told in each request");
        require(
                operation.kind() == ProviderOperation.Kind.MOVES_MONEY || operation.redirect() != null,
                where,
                "opens a page but says nothing of where it is found");
    }

    private void checkRedirect(String where, ProviderOperation operation) {
        ProviderOperation.Redirect redirect = operation.redirect();
        if (redirect == null) {
            return;
        }
        require(
                operation.kind() == ProviderOperation.Kind.OPENS_PAGE,
                where,
                "has a redirect although it opens no page");
        for (String host : redirect.hosts()) {
            require(RedirectPolicy.isHostRule(host), where, "has an unreadable redirect host: " + host);
        }
    }

    private void checkFields(String where, ProviderOperation operation, List<FieldRule> fields) {
        Set<String> assumptions = operation.assumptions().stream()
                .map(ProviderOperation.Assumption::name)
                .collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        for (FieldRule field : fields) {
            String at = where + " field " + field.name();
            require(names.add(field.name()), at, "is there twice");
            require(
                    field.minLength() >= 0 && field.minLength() <= field.maxLength(),
                    at,
                    "has a minLength above its maxLength");
            require(field.maxLength() <= FieldRule.LONGEST, at, "is longer than " + FieldRule.LONGEST);
            String assumption = field.assumption();
            require(
                    assumption == null || assumptions.contains(assumption),
                    at,
                    "rests on an assumption that is not named");
            require(
                    assumption == null || !field.required(),
                    at,
                    "is required, so an assumption cannot decide about it alone");
            Integer decimals = field.decimals();
            require(
                    decimals == null || (field.source() == FieldSource.AMOUNT && decimals >= 0 && decimals <= 4),
                    at,
                    "may have 0 to 4 decimals, and only if it is an amount");
            require(
                    !field.required() || (field.preset() == null && field.requiredIf() == null),
                    at,
                    "is always required, so it has neither a default nor a condition");
            checkContent(at, field);
            checkFields(at, operation, field.fields());
        }
    }

    private void checkContent(String at, FieldRule field) {
        String value = field.value();
        if (field.source() == FieldSource.CONSTANT) {
            require(value != null && field.takes(value), at, "is a constant without a value of its type");
        } else {
            require(value == null, at, "has a value although it is no constant");
        }
        boolean object = field.source() == FieldSource.OBJECT;
        require(object != field.fields().isEmpty(), at, "must have fields if, and only if, it is an object");
        boolean free = Set.of(FieldSource.SETTING, FieldSource.CONSTANT, FieldSource.UNSETTLED)
                .contains(field.source());
        require(
                free || field.type() == FieldType.usualFor(field.source()),
                at,
                "cannot have another type than " + FieldType.usualFor(field.source()));
    }

    private void require(boolean holds, String where, String otherwise) {
        if (!holds) {
            problems.add(where + " " + otherwise);
        }
    }
}
