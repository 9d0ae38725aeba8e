package dev.intermezzo.partners.mozarto;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Which details of the buyer a provider still needs, and whether it can serve a payment at all. The details form, the
 * payment plan and {@link CashierRequest} use these same rules, so a form that is accepted never fails later.
 */
public final class EligibilityCheck {

    /**
     * What every user token must say, whatever the provider (Mozarto Cashier API, authentication). {@code userId} is
     * ours and always there.
     */
    static final List<BuyerField> TOKEN_CLAIMS = List.of(
            BuyerField.EMAIL, BuyerField.FIRST_NAME, BuyerField.LAST_NAME, BuyerField.PHONE, BuyerField.COUNTRY_CODE);

    private EligibilityCheck() {}

    /** Whether an operation can serve a payment. */
    public sealed interface Eligibility {

        /** It can, now. */
        record Eligible() implements Eligibility {}

        /** It can, once the buyer has completed these details. */
        record NeedsDetails(List<FieldProblem> problems) implements Eligibility {}

        /** It cannot, whatever the buyer enters. */
        record NotEligible(Reason reason) implements Eligibility {}
    }

    /** Why an operation cannot serve a payment; {@link #toString()} is the stable code. */
    public enum Reason {
        /** The catalogue knows too little, or its assumptions are not confirmed. */
        NOT_ROUTABLE("not-routable"),
        /** The provider demands the user token, and the account sends session tokens. */
        USER_CONTEXT("user-context"),
        CURRENCY("currency"),
        /** The provider does not serve the country, or not in the order's currency. */
        COUNTRY("country"),
        /** A required field needs a statement, a setting or an instrument that is not there. */
        NOT_STATABLE("not-statable"),
        /** The amount has digits that the provider's exact number of decimals cannot hold. */
        AMOUNT("amount");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The details that are missing or not good enough, by {@link BuyerField#key()}, in the order of {@link BuyerField};
     * empty when nothing is to be asked.
     */
    public static List<FieldProblem> missing(ProviderOperation operation, BuyerDetails buyer) {
        Map<BuyerField, FieldProblem> problems = new EnumMap<>(BuyerField.class);
        operation.fields().stream().flatMap(FieldRule::needed).forEach(rule -> {
            BuyerField asked = rule.source().asked();
            if (asked != null) {
                problem(rule, asked, buyer).ifPresent(found -> problems.putIfAbsent(asked, found));
            }
        });
        for (BuyerField claim : TOKEN_CLAIMS) {
            problem(claimRule(operation, claim), claim, buyer).ifPresent(found -> problems.putIfAbsent(claim, found));
        }
        return List.copyOf(problems.values());
    }

    /**
     * The same, and what is wrong with what the buyer pays with: a voucher that is asked for and not there yet is missing
     * under the name {@link Instrument.Voucher#FIELD}, after the person's details.
     */
    public static List<FieldProblem> missing(ProviderOperation operation, BuyerDetails buyer, Instrument instrument) {
        return Stream.concat(missing(operation, buyer).stream(), voucherProblem(operation, instrument).stream())
                .toList();
    }

    /** What keeps this voucher from being redeemed; empty when nothing does, or when the operation takes none. */
    public static Optional<FieldProblem> voucherProblem(ProviderOperation operation, Instrument instrument) {
        return operation
                .voucherRule()
                .flatMap(rule -> instrument
                        .value(FieldSource.VOUCHER_PIN)
                        .map(rule::problemWith)
                        .orElse(Optional.of(FieldProblem.Code.MISSING))
                        .map(code -> new FieldProblem(Instrument.Voucher.FIELD, code)));
    }

    /** The format in which the operation wants a detail of the buyer, in its requests or in the user token. */
    public static FieldFormat format(ProviderOperation operation, BuyerField field) {
        return claimRule(operation, field).format();
    }

    /** Whether the operation can serve a payment of this amount with these details, and nothing beside the person. */
    public static Eligibility check(
            ProviderOperation operation, Money amount, BuyerDetails buyer, AccountSettings settings) {
        return check(operation, new PayIn(amount, buyer, "", "", settings, null, false));
    }

    /** Whether the operation can serve what is asked. */
    static Eligibility check(ProviderOperation operation, PayIn asked) {
        Optional<Reason> obstacle = obstacle(operation, asked);
        if (obstacle.isPresent()) {
            return new Eligibility.NotEligible(obstacle.get());
        }
        List<FieldProblem> problems = missing(operation, asked.buyer(), asked.instrument());
        return problems.isEmpty() ? new Eligibility.Eligible() : new Eligibility.NeedsDetails(problems);
    }

    /**
     * The rule a token's claim must satisfy: the provider's own rule for that detail where it has one, because a
     * provider may read the token instead of the request (Gigadat does so for the telephone).
     */
    static FieldRule claimRule(ProviderOperation operation, BuyerField claim) {
        return operation.fields().stream()
                .filter(rule -> rule.source().buyerField() == claim)
                .findFirst()
                .orElseGet(() -> FieldRule.usual(claim));
    }

    private static Optional<Reason> obstacle(ProviderOperation operation, PayIn asked) {
        if (!operation.routable(asked.settings().confirmedAssumptions())) {
            return Optional.of(Reason.NOT_ROUTABLE);
        }
        if (!operation.takes(asked.settings().userContext(), asked.settings().confirmedAssumptions())) {
            return Optional.of(Reason.USER_CONTEXT);
        }
        String currency = asked.amount().getCurrencyUnit().getCode();
        if (!takes(operation.currencies(), currency)) {
            return Optional.of(Reason.CURRENCY);
        }
        Optional<String> country = asked.buyer().value(BuyerField.COUNTRY_CODE);
        if (country.isPresent() && !servesThere(operation, country.get(), currency)) {
            return Optional.of(Reason.COUNTRY);
        }
        if (operation.fields().stream().anyMatch(rule -> dropsDigits(rule.decimals(), asked.amount()))) {
            return Optional.of(Reason.AMOUNT);
        }
        return operation.fields().stream().flatMap(FieldRule::needed).allMatch(rule -> statable(rule, asked))
                ? Optional.empty()
                : Optional.of(Reason.NOT_STATABLE);
    }

    private static boolean servesThere(ProviderOperation operation, String country, String currency) {
        String local = operation.localCurrencies().get(country);
        return takes(operation.countries(), country) && (local == null || local.equals(currency));
    }

    private static boolean dropsDigits(@Nullable Integer decimals, Money amount) {
        return decimals != null && amount.getAmount().stripTrailingZeros().scale() > decimals;
    }

    /** Whether there is a value, or the buyer can be asked for one. */
    private static boolean statable(FieldRule rule, PayIn asked) {
        return switch (rule.source()) {
            case SETTING -> holds(rule, asked.settings().fixedFields().get(rule.name()));
            case IP_ADDRESS ->
                holds(rule, asked.buyer().value(BuyerField.IP_ADDRESS).orElse(null));
            case CRYPTO_CURRENCY, WALLET_ADDRESS ->
                holds(rule, asked.instrument().value(rule.source()).orElse(null));
            case UNSETTLED -> false;
            case PSP_TYPE,
                    OPERATION,
                    AMOUNT,
                    CURRENCY,
                    USER_ID,
                    MERCHANT_REFERENCE,
                    BRAND_ID,
                    TEST_MODE,
                    RETURN_ADDRESS,
                    CONSTANT,
                    OBJECT,
                    VOUCHER_PIN,
                    EMAIL,
                    FIRST_NAME,
                    LAST_NAME,
                    FULL_NAME,
                    PHONE,
                    COUNTRY_CODE,
                    ADDRESS_LINE,
                    CITY,
                    REGION,
                    POSTAL_CODE,
                    BIRTH_DATE,
                    GENDER -> true;
        };
    }

    private static boolean holds(FieldRule rule, @Nullable String value) {
        return value != null && rule.problemWith(value).isEmpty();
    }

    private static boolean takes(List<String> known, String wanted) {
        return known.isEmpty() || known.contains(wanted);
    }

    private static Optional<FieldProblem> problem(FieldRule rule, BuyerField asked, BuyerDetails buyer) {
        Optional<String> value = rule.source().in(buyer);
        if (value.isEmpty()) {
            // A name of two parts lacks the part that is not there; the token's own claims name the other one.
            return Optional.of(new FieldProblem(asked.key(), FieldProblem.Code.MISSING))
                    .filter(problem -> buyer.value(asked).isEmpty());
        }
        return rule.problemWith(value.get()).map(code -> new FieldProblem(asked.key(), code));
    }
}
