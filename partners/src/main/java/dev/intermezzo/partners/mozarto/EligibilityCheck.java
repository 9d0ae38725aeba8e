package dev.intermezzo.partners.mozarto;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

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
        CURRENCY("currency"),
        COUNTRY("country"),
        /** A required field needs a statement or a setting that is not there. */
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
        for (FieldRule rule : operation.fields()) {
            BuyerField field = rule.source().buyerField();
            if (field != null && rule.required()) {
                problem(rule, field, buyer).ifPresent(found -> problems.putIfAbsent(field, found));
            }
        }
        for (BuyerField claim : TOKEN_CLAIMS) {
            problem(claimRule(operation, claim), claim, buyer).ifPresent(found -> problems.putIfAbsent(claim, found));
        }
        return List.copyOf(problems.values());
    }

    /** Whether the operation can serve a payment of this amount with these details. */
    public static Eligibility check(
            ProviderOperation operation, Money amount, BuyerDetails buyer, AccountSettings settings) {
        Optional<Reason> obstacle = obstacle(operation, amount, buyer, settings);
        if (obstacle.isPresent()) {
            return new Eligibility.NotEligible(obstacle.get());
        }
        List<FieldProblem> problems = missing(operation, buyer);
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
                .orElseGet(() -> usualRule(claim));
    }

    private static Optional<Reason> obstacle(
            ProviderOperation operation, Money amount, BuyerDetails buyer, AccountSettings settings) {
        if (!operation.routable(settings.confirmedAssumptions())) {
            return Optional.of(Reason.NOT_ROUTABLE);
        }
        if (!takes(operation.currencies(), amount.getCurrencyUnit().getCode())) {
            return Optional.of(Reason.CURRENCY);
        }
        Optional<String> country = buyer.value(BuyerField.COUNTRY_CODE);
        if (country.isPresent() && !takes(operation.countries(), country.get())) {
            return Optional.of(Reason.COUNTRY);
        }
        Set<String> fixed = settings.fixedFields().keySet();
        for (FieldRule rule : operation.fields()) {
            Integer decimals = rule.decimals();
            if (decimals != null && amount.getAmount().stripTrailingZeros().scale() > decimals) {
                return Optional.of(Reason.AMOUNT);
            }
            if (rule.required() && !statable(rule, fixed)) {
                return Optional.of(Reason.NOT_STATABLE);
            }
        }
        return Optional.empty();
    }

    private static boolean statable(FieldRule rule, Set<String> fixed) {
        return switch (rule.source()) {
            case SETTING -> fixed.contains(rule.name());
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
                    EMAIL,
                    FIRST_NAME,
                    LAST_NAME,
                    PHONE,
                    COUNTRY_CODE,
                    IP_ADDRESS -> true;
        };
    }

    private static boolean takes(List<String> known, String wanted) {
        return known.isEmpty() || known.contains(wanted);
    }

    private static Optional<FieldProblem> problem(FieldRule rule, BuyerField field, BuyerDetails buyer) {
        Optional<String> value = buyer.value(field);
        if (value.isEmpty()) {
            return Optional.of(new FieldProblem(field.key(), FieldProblem.Code.MISSING));
        }
        return rule.problemWith(value.get()).map(code -> new FieldProblem(field.key(), code));
    }

    private static FieldRule usualRule(BuyerField claim) {
        FieldSource source = switch (claim) {
            case EMAIL -> FieldSource.EMAIL;
            case FIRST_NAME -> FieldSource.FIRST_NAME;
            case LAST_NAME -> FieldSource.LAST_NAME;
            case PHONE -> FieldSource.PHONE;
            case COUNTRY_CODE -> FieldSource.COUNTRY_CODE;
            case IP_ADDRESS -> FieldSource.IP_ADDRESS;
            case ADDRESS_LINE, CITY, REGION, POSTAL_CODE -> FieldSource.UNSETTLED;
        };
        return FieldRule.read(claim.key(), source, true, null, null, null, null, null);
    }
}
