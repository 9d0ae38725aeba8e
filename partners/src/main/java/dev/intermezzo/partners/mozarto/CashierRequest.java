package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.intermezzo.partners.money.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A request body for {@code POST }{@value #PATH}: the catalogue's fields in the catalogue's order. The amount is a
 * number literal with exactly the currency's digits ({@code 100.00}), because at least one provider is documented to
 * refuse {@code 100} and {@code 100.0}.
 */
public final class CashierRequest {

    /** The one path of the Cashier, the same in both environments (Mozarto Cashier API, environments). */
    public static final String PATH = "/v1/api/mozarto/cashier";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final PspType pspType;
    private final Operation operation;
    private final byte[] body;

    private CashierRequest(PspType pspType, Operation operation, byte[] body) {
        this.pspType = pspType;
        this.operation = operation;
        this.body = body;
    }

    /** What came of writing a request. */
    public sealed interface Result {

        /** The request is complete. */
        record Ready(CashierRequest request) implements Result {}

        /** The buyer must complete these details first; the list is {@link EligibilityCheck#missing}'s. */
        record Incomplete(List<FieldProblem> problems) implements Result {}

        /** This operation cannot serve this payment. */
        record NotEligible(EligibilityCheck.Reason reason) implements Result {}
    }

    /**
     * Writes the request of a pay-in.
     *
     * @throws IllegalArgumentException when {@code operation} is not a pay-in, or an id of ours breaks the provider's
     *     bounds
     */
    public static Result payIn(ProviderOperation operation, PayIn payIn) {
        if (operation.operation() != Operation.PAYIN) {
            throw new IllegalArgumentException(operation.pspType() + " " + operation.operation() + " is no pay-in");
        }
        return write(operation, payIn);
    }

    /**
     * Writes the request of a pay-out that gives a pay-in back, to the buyer who made it.
     *
     * @param refund the amount is what goes back; the user id names the refund, so that its webhook leads back to it
     * @throws IllegalArgumentException when {@code operation} is not a pay-out, or an id of ours breaks the provider's
     *     bounds
     */
    public static Result payOut(ProviderOperation operation, PayIn refund) {
        if (operation.operation() != Operation.PAYOUT) {
            throw new IllegalArgumentException(operation.pspType() + " " + operation.operation() + " is no pay-out");
        }
        return write(operation, refund);
    }

    private static Result write(ProviderOperation operation, PayIn payIn) {
        return switch (EligibilityCheck.check(operation, payIn)) {
            case EligibilityCheck.Eligibility.NotEligible not -> new Result.NotEligible(not.reason());
            case EligibilityCheck.Eligibility.NeedsDetails needs -> new Result.Incomplete(needs.problems());
            case EligibilityCheck.Eligibility.Eligible yes ->
                new Result.Ready(new CashierRequest(
                        operation.pspType(), operation.operation(), new Writer(operation, payIn).write()));
        };
    }

    /** The provider asked for. */
    public PspType pspType() {
        return pspType;
    }

    /** The direction asked for. */
    public Operation operation() {
        return operation;
    }

    /** The JSON body, UTF-8. It holds the buyer's details: never log it. */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "CashierRequest[" + pspType + " " + operation + ", " + body.length + " bytes]";
    }

    /** Writes one body. */
    private record Writer(ProviderOperation operation, PayIn payIn) {

        byte[] write() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            try (JsonGenerator json = JSON.createGenerator(bytes)) {
                writeFields(json, operation.fields());
            } catch (IOException impossible) {
                throw new UncheckedIOException("writing to memory failed", impossible);
            }
            return bytes.toByteArray();
        }

        private void writeFields(JsonGenerator json, List<FieldRule> rules) throws IOException {
            json.writeStartObject();
            for (FieldRule rule : rules) {
                if (confirmed(rule)) {
                    writeField(json, rule);
                }
            }
            json.writeEndObject();
        }

        private boolean confirmed(FieldRule rule) {
            return rule.assumption() == null
                    || payIn.settings().confirmedAssumptions().contains(rule.assumption());
        }

        private void writeField(JsonGenerator json, FieldRule rule) throws IOException {
            if (rule.source() != FieldSource.OBJECT) {
                Optional<String> value = value(rule);
                if (value.isPresent()) {
                    writeValue(json, rule, value.get());
                }
            } else if (rule.fields().stream()
                    .flatMap(FieldRule::needed)
                    .allMatch(needed -> value(needed).isPresent())) {
                json.writeFieldName(rule.name());
                writeFields(json, rule.fields());
            }
        }

        private static void writeValue(JsonGenerator json, FieldRule rule, String value) throws IOException {
            switch (rule.type()) {
                case STRING -> json.writeStringField(rule.name(), value);
                case BOOLEAN -> json.writeBooleanField(rule.name(), Boolean.parseBoolean(value));
                case NUMBER -> {
                    json.writeFieldName(rule.name());
                    json.writeNumber(new BigDecimal(value));
                }
                case OBJECT -> throw new IllegalStateException(rule.name() + " is an object and no value");
            }
        }

        /** The text that is written; empty where an optional field has no good one. */
        private Optional<String> value(FieldRule rule) {
            return switch (rule.source()) {
                case AMOUNT -> Optional.of(amount(rule, payIn.amount()));
                case TEST_MODE -> Optional.of(Boolean.toString(payIn.isTestMode()));
                case PSP_TYPE -> Optional.of(operation.pspType().code());
                case OPERATION -> Optional.of(operation.operation().name());
                case CURRENCY -> Optional.of(payIn.amount().getCurrencyUnit().getCode());
                case USER_ID -> Optional.of(ours(rule, payIn.userId()));
                case MERCHANT_REFERENCE -> Optional.of(ours(rule, payIn.merchantReference()));
                case BRAND_ID -> Optional.ofNullable(payIn.brandId());
                case RETURN_ADDRESS -> setting(AccountSettings.RETURN_ADDRESS);
                case SETTING -> setting(rule.name()).filter(rule::takes);
                case CONSTANT -> Optional.ofNullable(rule.value());
                case VOUCHER_PIN, CRYPTO_CURRENCY, WALLET_ADDRESS ->
                    payIn.instrument().value(rule.source()).filter(rule::takes);
                case EMAIL,
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
                        GENDER,
                        IP_ADDRESS ->
                    rule.source().in(payIn.buyer()).filter(rule::takes).map(rule.format()::sent);
                // A required one made the operation not eligible.
                case UNSETTLED, OBJECT -> Optional.empty();
            };
        }

        private Optional<String> setting(String name) {
            return Optional.ofNullable(payIn.settings().fixedFields().get(name));
        }

        private static String ours(FieldRule rule, String value) {
            rule.problemWith(value).ifPresent(code -> {
                throw new IllegalArgumentException("our own value of " + rule.name() + " is " + code);
            });
            return value;
        }

        private static String amount(FieldRule rule, Money money) {
            Integer decimals = rule.decimals();
            return decimals == null ? Amounts.literal(money) : Amounts.literal(money, decimals);
        }
    }
}
