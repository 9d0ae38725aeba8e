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
import org.jspecify.annotations.Nullable;

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
        return switch (EligibilityCheck.check(operation, payIn.amount(), payIn.buyer(), payIn.settings())) {
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
                json.writeStartObject();
                for (FieldRule rule : operation.fields()) {
                    if (confirmed(rule)) {
                        writeField(json, rule);
                    }
                }
                json.writeEndObject();
            } catch (IOException impossible) {
                throw new UncheckedIOException("writing to memory failed", impossible);
            }
            return bytes.toByteArray();
        }

        private boolean confirmed(FieldRule rule) {
            return rule.assumption() == null
                    || payIn.settings().confirmedAssumptions().contains(rule.assumption());
        }

        private void writeField(JsonGenerator json, FieldRule rule) throws IOException {
            switch (rule.source()) {
                case AMOUNT -> {
                    json.writeFieldName(rule.name());
                    json.writeNumber(amount(rule, payIn.amount()));
                }
                case TEST_MODE -> json.writeBooleanField(rule.name(), payIn.isTestMode());
                case PSP_TYPE ->
                    json.writeStringField(rule.name(), operation.pspType().code());
                case OPERATION ->
                    json.writeStringField(rule.name(), operation.operation().name());
                case CURRENCY ->
                    json.writeStringField(
                            rule.name(), payIn.amount().getCurrencyUnit().getCode());
                case USER_ID -> json.writeStringField(rule.name(), ours(rule, payIn.userId()));
                case MERCHANT_REFERENCE -> json.writeStringField(rule.name(), ours(rule, payIn.merchantReference()));
                case BRAND_ID -> writeOptional(json, rule, payIn.brandId());
                case RETURN_ADDRESS ->
                    writeOptional(json, rule, payIn.settings().fixedFields().get(AccountSettings.RETURN_ADDRESS));
                case SETTING ->
                    writeOptional(json, rule, payIn.settings().fixedFields().get(rule.name()));
                case EMAIL, FIRST_NAME, LAST_NAME, PHONE, COUNTRY_CODE, IP_ADDRESS -> writeBuyers(json, rule);
                case UNSETTLED -> {
                    // Optional here: a required one made the operation not eligible.
                }
            }
        }

        private void writeBuyers(JsonGenerator json, FieldRule rule) throws IOException {
            BuyerField field = rule.source().buyerField();
            if (field == null) {
                throw new IllegalStateException(rule.name() + " is no detail of a buyer");
            }
            Optional<String> good = payIn.buyer()
                    .value(field)
                    .filter(value -> rule.problemWith(value).isEmpty());
            if (good.isPresent()) {
                json.writeStringField(rule.name(), rule.format().sent(good.get()));
            }
        }

        private static void writeOptional(JsonGenerator json, FieldRule rule, @Nullable String value)
                throws IOException {
            if (value != null) {
                json.writeStringField(rule.name(), value);
            }
        }

        private static String ours(FieldRule rule, String value) {
            rule.problemWith(value).ifPresent(code -> {
                throw new IllegalArgumentException("our own value of " + rule.name() + " is " + code);
            });
            return value;
        }

        private static BigDecimal amount(FieldRule rule, Money money) {
            Integer decimals = rule.decimals();
            return new BigDecimal(decimals == null ? Amounts.literal(money) : Amounts.literal(money, decimals));
        }
    }
}
