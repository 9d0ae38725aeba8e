package dev.intermezzo.cli.merchants;

import dev.intermezzo.partners.mozarto.Provider;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.Route;
import dev.intermezzo.schemas.avro.Setting;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one merchant: a shop, or a group of shops, with its account and routes. */
final class MerchantReader {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,6})(s|m|h|d)");
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration USUAL = Duration.ofHours(24);
    private static final int LONGEST_TEXT = 200;

    private final ProviderRules providers;
    private final Map<String, Declared> accounts;
    private final Problems problems;

    /** @param accounts the file's, by id, sound or not */
    MerchantReader(ProviderRules providers, Map<String, Declared> accounts, Problems problems) {
        this.providers = providers;
        this.accounts = accounts;
        this.problems = problems;
    }

    Declared read(String id, Section section) {
        String accountId = section.required("account");
        Optional<Declared> account = Optional.ofNullable(accounts.get(accountId));
        if (account.isEmpty() && !accountId.isEmpty()) {
            section.problem("account", "unknown-account", "the file has no account " + accountId);
        }
        boolean test = section.flag("test", false);
        Environment environment = account.map(Declared::environment).orElse(Environment.SANDBOX);
        if (account.isPresent() && environment == Environment.SANDBOX && !test) {
            section.problem(
                    "account",
                    "production-merchant-on-sandbox-account",
                    accountId
                            + " is a sandbox account, whose payments are not money: a shop on it is marked test: true");
        }
        Merchant merchant = Merchant.newBuilder()
                .setName(bounded(section, "name", Optional.of(section.required("name")))
                        .orElse(""))
                .setAccount(accountId)
                .setBrandId(section.text("brand-id").orElse(null))
                .setEnabled(section.flag("enabled", true))
                .setTestShop(test)
                .setSupportContact(bounded(section, "support-contact", section.text("support-contact"))
                        .orElse(null))
                .setRoutes(routes(section, accountId, account))
                .setOrderTimeSeconds(Math.toIntExact(orderTime(section).toSeconds()))
                .setNoWord(section.choice(
                        "no-word",
                        Map.of("failed", NoWordPolicy.FAILED, "nothing", NoWordPolicy.NOTHING),
                        NoWordPolicy.FAILED))
                .setBuyerChooses(section.flag("buyer-chooses", false))
                .setPayOuts(section.section("pay-outs").map(PayOutsReader::read).orElse(null))
                // Keys are issued and destinations added, neither is declared. Left out, Avro would look for the
                // default's class, which it does not
                // trust before a codec was made.
                .setApiKeys(List.of())
                .setDestinations(List.of())
                .build();
        section.end();
        return new Declared(id, environment, new Declared.Body.OfMerchant(merchant), List.of());
    }

    private static Optional<String> bounded(Section section, String key, Optional<String> text) {
        text.filter(value -> value.length() > LONGEST_TEXT)
                .ifPresent(value ->
                        section.problem(key, "too-long", "must not have more than " + LONGEST_TEXT + " characters"));
        return text;
    }

    private static Duration orderTime(Section section) {
        Optional<String> text = section.text("order-time");
        if (text.isEmpty()) {
            return USUAL;
        }
        Matcher matcher = TIME.matcher(text.get());
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration time = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        }
        section.problem("order-time", "not-a-duration", "must be a time from 5m to 30d, such as 24h");
        return USUAL;
    }

    private List<Route> routes(Section section, String accountId, Optional<Declared> account) {
        List<Route> routes = section.sections("routes").stream()
                .map(route -> route(route, accountId, account))
                .toList();
        section.requireSome("routes");
        return routes;
    }

    private Route route(Section section, String accountId, Optional<Declared> account) {
        String code = section.required("provider");
        Optional<Provider> provider =
                code.isEmpty() ? Optional.empty() : providers.provider(problems, section.at("provider"), code);
        String routeAccount = section.text("account").orElse(accountId);
        if (!routeAccount.equals(accountId)) {
            section.problem(
                    "account",
                    "foreign-account",
                    "the merchant uses the account " + accountId + ", so a route cannot lead to " + routeAccount);
        }
        List<String> currencies = currencies(section, code);
        List<String> countries = section.texts("countries");
        countries.stream()
                .filter(country -> !COUNTRIES.contains(country))
                .forEach(country -> section.problem(
                        "countries", "unknown-country", "\"" + country + "\" is not an ISO 3166 code, such as CA"));
        BigDecimal minimum = bound(section, "minimum");
        BigDecimal maximum = bound(section, "maximum");
        if (minimum != null && maximum != null && minimum.compareTo(maximum) > 0) {
            section.problem("maximum", "maximum-below-minimum", "is below the minimum, so no payment fits");
        }
        List<Setting> settings = ProviderRules.settings(section, "settings", provider);
        if (routeAccount.equals(accountId) && provider.isPresent()) {
            account.ifPresent(known -> usable(section, code, known, settings));
        }
        Route route = Route.newBuilder()
                .setProvider(code)
                .setAccount(routeAccount)
                .setCurrencies(currencies)
                .setCountries(countries)
                .setMinimum(minimum)
                .setMaximum(maximum)
                .setSettings(settings)
                .build();
        section.end();
        return route;
    }

    /** A route that can never be taken is a mistake that would show only when buyers fail. */
    private void usable(Section section, String code, Declared account, List<Setting> ofRoute) {
        if (!(account.body() instanceof Declared.Body.OfAccount of)) {
            return;
        }
        CashierAccount body = of.account();
        Optional<AccountProvider> enabled = body.getProviders().stream()
                .filter(provider -> provider.getProvider().equals(code))
                .findFirst();
        if (enabled.isEmpty()) {
            section.problem(
                    "provider", "provider-not-in-account", "the account " + account.id() + " does not list " + code);
            return;
        }
        Optional<ProviderOperation> payIn = providers.payIn(code);
        if (payIn.isEmpty() || !payIn.get().routable(Set.copyOf(enabled.get().getConfirmed()))) {
            section.problem("provider", "provider-not-routable", notRoutable(code, payIn));
        } else if (!payIn.get()
                .takes(
                        UserContextMode.of(body.getUserContext()),
                        Set.copyOf(enabled.get().getConfirmed()))) {
            section.problem("provider", "user-token-demanded", userTokenDemanded(code, payIn.get()));
        } else if (!payIn.get().unservedFields().isEmpty()) {
            section.problem(
                    "provider",
                    "provider-not-served",
                    "this release has no value for what " + code + " requires: "
                            + String.join(", ", payIn.get().unservedFields()));
        } else if (!settingsMissing(payIn.get(), enabled.get(), ofRoute).isEmpty()) {
            section.problem(
                    "settings",
                    "setting-missing",
                    code + " requires what only you can say: "
                            + String.join(", ", settingsMissing(payIn.get(), enabled.get(), ofRoute)));
        } else if (!hasPageHost(payIn.get(), enabled.get(), body)) {
            section.problem(
                    "provider",
                    "no-page-host",
                    "no document names a host of " + code + "'s page, so the account must list what was seen in its "
                            + "answers: redirect-hosts of " + code);
        }
    }

    private static List<String> settingsMissing(
            ProviderOperation payIn, AccountProvider enabled, List<Setting> ofRoute) {
        return payIn.requiredSettings().stream()
                .filter(name -> Stream.concat(enabled.getSettings().stream(), ofRoute.stream())
                        .noneMatch(setting -> setting.getName().equals(name)))
                .toList();
    }

    /** Without one every page that is opened would be refused. A simulated Cashier's pages are on this machine. */
    private static boolean hasPageHost(ProviderOperation payIn, AccountProvider enabled, CashierAccount account) {
        ProviderOperation.Redirect redirect = payIn.redirect();
        return redirect == null
                || !redirect.hosts().isEmpty()
                || !enabled.getRedirectHosts().isEmpty()
                || AccountReader.isSandbox(account.getBaseUrl());
    }

    private static String notRoutable(String code, Optional<ProviderOperation> payIn) {
        if (payIn.isEmpty() || payIn.get().readiness() == ProviderOperation.Readiness.DESCRIBED) {
            return "too little is known of " + code + " to pay with it (intermezzo providers list)";
        }
        return "the account must confirm what is assumed about " + code + ": "
                + String.join(", ", payIn.get().neededToRoute());
    }

    private static String userTokenDemanded(String code, ProviderOperation payIn) {
        return code + " demands the user token, and the account has user-context: session"
                + (payIn.sessionAssumption() == null
                        ? ""
                        : ", unless it confirms what is assumed: " + payIn.sessionAssumption());
    }

    private List<String> currencies(Section section, String code) {
        List<String> currencies = ProviderRules.currencies(section, "currencies");
        List<String> taken =
                providers.payIn(code).map(ProviderOperation::currencies).orElse(List.of());
        if (!taken.isEmpty()) {
            currencies.stream()
                    .filter(currency -> !taken.contains(currency))
                    .forEach(currency -> section.problem(
                            "currencies",
                            "currency-not-taken",
                            code + " takes " + String.join(", ", taken) + " and not " + currency));
        }
        return currencies;
    }

    private static @Nullable BigDecimal bound(Section section, String key) {
        Optional<String> text = section.text(key);
        if (text.isEmpty()) {
            return null;
        }
        if (!AMOUNT.matcher(text.get()).matches()) {
            section.problem(key, "not-an-amount", "must be an amount such as 10 or 9.50");
            return null;
        }
        // The scale of the stored form, so that what is read back compares equal.
        return new BigDecimal(text.get()).setScale(4, RoundingMode.UNNECESSARY);
    }
}
