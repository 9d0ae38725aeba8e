package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.RouteGap;
import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.EligibilityCheck;
import dev.intermezzo.partners.mozarto.FieldFormat;
import dev.intermezzo.partners.mozarto.FieldProblem;
import dev.intermezzo.partners.mozarto.FieldRule;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.partners.mozarto.UserIdMode;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.OperationKind;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.Route;
import dev.intermezzo.schemas.avro.Setting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Judges a merchant's routes for one payment. The plan travels in the event that begins an attempt: the orchestrator
 * decides among what it says and never looks anything up.
 */
public final class PaymentPlanner {

    /** Setting of an account's provider or of a route that overrides the catalogue: {@code per-buyer | per-attempt}. */
    private static final String USER_ID_SETTING = "user-id";

    private final ProviderCatalogue catalogue;
    private final Shops shops;
    private final ReturnAddresses returnAddresses;

    public PaymentPlanner(ProviderCatalogue catalogue, Shops shops, ReturnAddresses returnAddresses) {
        this.catalogue = catalogue;
        this.shops = shops;
        this.returnAddresses = returnAddresses;
    }

    /**
     * What is known of the buyer when a plan is made.
     *
     * @param details what this very request says
     * @param earlier what the buyer's browser remembers of earlier ones: which details, by name, were still missing
     */
    public record Known(BuyerDetails details, Optional<BuyerCookie> earlier) {

        /** ISO 3166-1 code, as far as known. */
        public String country() {
            return details.value(BuyerField.COUNTRY_CODE)
                    .or(() -> earlier.map(BuyerCookie::country))
                    .orElse("");
        }
    }

    /**
     * @param page what the address of the payment's page says; a provider that takes a return address gets one of its own
     */
    public PaymentPlan plan(Shop shop, Money amount, Known known, PayToken page) {
        return new PaymentPlan(
                shop.merchantRecord().getRevision(),
                catalogue.version(),
                shop.merchant().getRoutes().stream()
                        .map(route -> judged(shop, route, amount, known, page))
                        .toList(),
                shop.merchant().getOrderTimeSeconds(),
                shop.merchant().getNoWord(),
                shop.merchant().getTestShop(),
                shop.merchant().getBuyerChooses());
    }

    /**
     * These details and the address that the browser came from, if a provider that the shop uses must be told it. It is
     * recorded for nobody else.
     */
    public BuyerDetails located(Shop shop, BuyerDetails details, Optional<String> address) {
        boolean asked = shop.merchant().getRoutes().stream()
                .flatMap(route -> catalogue.provider(new PspType(route.getProvider())).stream())
                .flatMap(provider -> provider.operations().stream())
                .anyMatch(ProviderOperation::wantsIpAddress);
        return asked
                ? address.map(known -> details.with(BuyerField.IP_ADDRESS, known))
                        .orElse(details)
                : details;
    }

    /** What the browser is given to remember of a plan: names of missing details per route that could be used. */
    public static List<RouteGap> gaps(PaymentPlan plan) {
        return plan.getRoutes().stream()
                .filter(PlannedRoute::getEligible)
                .map(route -> new RouteGap(route.getProvider(), route.getAccount(), route.getMissingFields()))
                .toList();
    }

    /**
     * What keeps this provider from being used with what is known; empty when nothing does, or when the merchant has no
     * route to it.
     */
    public List<FieldProblem> problems(Shop shop, String provider, Known known) {
        return shop.merchant().getRoutes().stream()
                .filter(route -> route.getProvider().equals(provider))
                .findFirst()
                .flatMap(route -> payIn(provider).map(operation -> stillMissing(operation, route, known)))
                .orElse(List.of());
    }

    /** The rule of the voucher that a provider redeems; empty when it takes none. */
    public Optional<FieldRule> voucherRule(String provider) {
        return payIn(provider).flatMap(ProviderOperation::voucherRule);
    }

    /** What keeps this provider from redeeming a voucher. */
    public Optional<FieldProblem> voucherProblem(String provider, Instrument voucher) {
        return payIn(provider).flatMap(operation -> EligibilityCheck.voucherProblem(operation, voucher));
    }

    /** What a detail must match whichever of these providers is chosen; empty where they differ or any text will do. */
    public Optional<String> pattern(List<String> providers, BuyerField field) {
        Set<FieldFormat> formats = providers.stream()
                .flatMap(provider -> payIn(provider).stream())
                .map(operation -> EligibilityCheck.format(operation, field))
                .collect(Collectors.toSet());
        return formats.size() == 1 && !formats.contains(FieldFormat.TEXT)
                ? formats.stream().map(FieldFormat::pattern).findFirst()
                : Optional.empty();
    }

    private Optional<ProviderOperation> payIn(String provider) {
        return catalogue.operation(new PspType(provider), Operation.PAYIN);
    }

    private PlannedRoute judged(Shop shop, Route route, Money amount, Known known, PayToken page) {
        Optional<ProviderOperation> found = payIn(route.getProvider());
        Optional<AccountProvider> configured = shops.provider(shop, route);
        List<Setting> settings = settings(configured, route);
        if (found.isEmpty() || configured.isEmpty()) {
            return unusable(route, settings, configured.isEmpty() ? "account" : "not-routable");
        }
        ProviderOperation operation = found.get();
        List<String> reasons = reasons(operation, configured.get(), route, amount, known);
        List<String> missing = reasons.isEmpty()
                ? stillMissing(operation, route, known).stream()
                        .map(FieldProblem::name)
                        .toList()
                : List.of();
        return new PlannedRoute(
                route.getProvider(),
                route.getAccount(),
                kind(operation),
                reasons.isEmpty(),
                reasons,
                missing,
                operation.wantsReturnAddress() && reasons.isEmpty() ? withReturnAddress(settings, page) : settings,
                seconds(operation.sessionLifetime()),
                seconds(operation.lateWindow()),
                operation.redirect() != null && operation.redirect().singleUse(),
                operation.webhookMayOmit(amount.getCurrencyUnit().getCode()),
                userIdPerAttempt(operation, settings));
    }

    private static PlannedRoute unusable(Route route, List<Setting> settings, String reason) {
        return new PlannedRoute(
                route.getProvider(),
                route.getAccount(),
                OperationKind.OPENS_PAGE,
                false,
                List.of(reason),
                List.of(),
                settings,
                0,
                0,
                false,
                false,
                false);
    }

    /** Stable codes; the route's own bounds first, then the provider's. */
    private List<String> reasons(
            ProviderOperation operation, AccountProvider configured, Route route, Money amount, Known known) {
        List<String> reasons = new ArrayList<>();
        String country = known.country();
        if (!takes(route.getCurrencies(), amount.getCurrencyUnit().getCode())) {
            reasons.add("currency");
        }
        if (!country.isEmpty() && !takes(route.getCountries(), country)) {
            reasons.add("country");
        }
        if (below(amount, route.getMinimum())) {
            reasons.add("minimum");
        }
        if (above(amount, route.getMaximum())) {
            reasons.add("maximum");
        }
        BuyerDetails judgedBy =
                country.isEmpty() ? known.details() : known.details().with(BuyerField.COUNTRY_CODE, country);
        Map<String, String> fixed = new LinkedHashMap<>();
        settings(Optional.of(configured), route).forEach(setting -> fixed.put(setting.getName(), setting.getValue()));
        AccountSettings account =
                new AccountSettings(Set.copyOf(configured.getConfirmed()), fixed, List.of(), shops.userContext(route));
        if (EligibilityCheck.check(operation, amount, judgedBy, account)
                        instanceof EligibilityCheck.Eligibility.NotEligible not
                && !reasons.contains(not.reason().toString())) {
            reasons.add(not.reason().toString());
        }
        return List.copyOf(reasons);
    }

    /**
     * A detail that an earlier form gave well enough is known to the executor, though not to this request: only what was
     * missing then can be missing now.
     */
    private static List<FieldProblem> stillMissing(ProviderOperation operation, Route route, Known known) {
        // A voucher is of one attempt and never in a plan: it is missing whenever one is made.
        List<FieldProblem> problems = EligibilityCheck.missing(operation, known.details(), new Instrument.None());
        return known.earlier()
                .flatMap(cookie -> cookie.gap(route.getProvider(), route.getAccount()))
                .map(gap -> problems.stream()
                        .filter(problem -> gap.missing().contains(problem.name())
                                || problem.name().equals(Instrument.Voucher.FIELD))
                        .toList())
                .orElse(problems);
    }

    /** The account's settings for the provider, overruled by the route's. */
    private static List<Setting> settings(Optional<AccountProvider> configured, Route route) {
        Map<String, String> byName = new LinkedHashMap<>();
        configured.ifPresent(
                provider -> provider.getSettings().forEach(each -> byName.put(each.getName(), each.getValue())));
        route.getSettings().forEach(each -> byName.put(each.getName(), each.getValue()));
        return byName.entrySet().stream()
                .map(each -> new Setting(each.getKey(), each.getValue()))
                .toList();
    }

    private List<Setting> withReturnAddress(List<Setting> settings, PayToken page) {
        List<Setting> all = new ArrayList<>(settings);
        all.add(new Setting(AccountSettings.RETURN_ADDRESS, returnAddresses.of(page)));
        return List.copyOf(all);
    }

    private static boolean userIdPerAttempt(ProviderOperation operation, List<Setting> settings) {
        return settings.stream()
                .filter(setting -> setting.getName().equals(USER_ID_SETTING))
                .findFirst()
                .map(setting -> setting.getValue().equals("per-attempt"))
                .orElse(operation.userId() == UserIdMode.PER_ATTEMPT);
    }

    private static OperationKind kind(ProviderOperation operation) {
        return switch (operation.kind()) {
            case OPENS_PAGE -> OperationKind.OPENS_PAGE;
            case MOVES_MONEY -> OperationKind.MOVES_MONEY;
        };
    }

    private static boolean takes(List<String> listed, String wanted) {
        return listed.isEmpty() || listed.contains(wanted);
    }

    private static boolean below(Money amount, @Nullable BigDecimal minimum) {
        return minimum != null && amount.getAmount().compareTo(minimum) < 0;
    }

    private static boolean above(Money amount, @Nullable BigDecimal maximum) {
        return maximum != null && amount.getAmount().compareTo(maximum) > 0;
    }

    /** 0: not known. */
    private static int seconds(@Nullable Duration time) {
        return time == null ? 0 : Math.toIntExact(time.toSeconds());
    }
}
