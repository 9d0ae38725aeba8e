package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the value of a request field comes from. */
public enum FieldSource {
    @JsonProperty("psp-type")
    PSP_TYPE,
    @JsonProperty("operation")
    OPERATION,
    @JsonProperty("amount")
    AMOUNT,
    @JsonProperty("currency")
    CURRENCY,
    @JsonProperty("user-id")
    USER_ID,
    @JsonProperty("merchant-reference")
    MERCHANT_REFERENCE,
    @JsonProperty("brand-id")
    BRAND_ID,
    @JsonProperty("test-mode")
    TEST_MODE,
    @JsonProperty("email")
    EMAIL(BuyerField.EMAIL),
    @JsonProperty("first-name")
    FIRST_NAME(BuyerField.FIRST_NAME),
    @JsonProperty("last-name")
    LAST_NAME(BuyerField.LAST_NAME),
    /** First and last name in one field, with a blank between them. */
    @JsonProperty("full-name")
    FULL_NAME,
    @JsonProperty("phone")
    PHONE(BuyerField.PHONE),
    @JsonProperty("country-code")
    COUNTRY_CODE(BuyerField.COUNTRY_CODE),
    @JsonProperty("address-line")
    ADDRESS_LINE(BuyerField.ADDRESS_LINE),
    @JsonProperty("city")
    CITY(BuyerField.CITY),
    @JsonProperty("region")
    REGION(BuyerField.REGION),
    @JsonProperty("postal-code")
    POSTAL_CODE(BuyerField.POSTAL_CODE),
    @JsonProperty("birth-date")
    BIRTH_DATE(BuyerField.BIRTH_DATE),
    @JsonProperty("gender")
    GENDER(BuyerField.GENDER),
    /** The address that the buyer's browser came from. Nobody is ever asked to type it. */
    @JsonProperty("ip-address")
    IP_ADDRESS(BuyerField.IP_ADDRESS),
    /** Where the provider sends the buyer back to: ours, made for each payment. */
    @JsonProperty("return-address")
    RETURN_ADDRESS,
    /** The PIN of a voucher: whoever knows it has its money. */
    @JsonProperty("voucher-pin")
    VOUCHER_PIN,
    /** The cryptocurrency that a pay-out is sent in. */
    @JsonProperty("crypto-currency")
    CRYPTO_CURRENCY,
    /** The wallet that a pay-out is sent to. */
    @JsonProperty("wallet-address")
    WALLET_ADDRESS,

    /** A fixed value from the account's or the route's settings, named like the field. */
    @JsonProperty("setting")
    SETTING,
    /** The value that stands in the catalogue file, the same in every request. */
    @JsonProperty("constant")
    CONSTANT,
    /** A JSON object of further fields. */
    @JsonProperty("object")
    OBJECT,
    /** The field is documented; what it holds, or whether we could say it truthfully, is not settled: never sent. */
    @JsonProperty("unsettled")
    UNSETTLED;

    private final @Nullable BuyerField buyerField;

    FieldSource() {
        this.buyerField = null;
    }

    FieldSource(BuyerField buyerField) {
        this.buyerField = buyerField;
    }

    /** Its name in the catalogue files. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The source that is exactly this detail of the buyer. */
    static FieldSource of(BuyerField field) {
        return Arrays.stream(values())
                .filter(source -> source.buyerField == field)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no source gives " + field));
    }

    /** The buyer's detail behind the field; {@code null} when the buyer has no say in it. */
    @Nullable
    BuyerField buyerField() {
        return buyerField;
    }

    /** The detail to ask for when this field's value is missing or bad; {@code null} when no answer would help. */
    @Nullable
    BuyerField asked() {
        if (this == FULL_NAME) {
            return BuyerField.LAST_NAME;
        }
        return this == IP_ADDRESS ? null : buyerField;
    }

    /** What the buyer's details say for it; empty when they do not, or it is no matter of theirs. */
    Optional<String> in(BuyerDetails buyer) {
        if (this == FULL_NAME) {
            return buyer.value(BuyerField.FIRST_NAME)
                    .flatMap(first -> buyer.value(BuyerField.LAST_NAME).map(last -> first + " " + last));
        }
        return Optional.ofNullable(buyerField).flatMap(buyer::value);
    }
}
