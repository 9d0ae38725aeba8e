package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonProperty;
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
    @JsonProperty("phone")
    PHONE(BuyerField.PHONE),
    @JsonProperty("country-code")
    COUNTRY_CODE(BuyerField.COUNTRY_CODE),
    @JsonProperty("ip-address")
    IP_ADDRESS(BuyerField.IP_ADDRESS),
    /** Where the provider sends the buyer back to: ours, made for each payment. */
    @JsonProperty("return-address")
    RETURN_ADDRESS,

    /** A fixed value from the account's or the route's settings. */
    @JsonProperty("setting")
    SETTING,
    /** A value that this build cannot state: the field is documented, its truthful source is not settled. */
    @JsonProperty("unsettled")
    UNSETTLED;

    private final @Nullable BuyerField buyerField;

    FieldSource() {
        this.buyerField = null;
    }

    FieldSource(BuyerField buyerField) {
        this.buyerField = buyerField;
    }

    /** The buyer's detail behind the field; {@code null} when the buyer has no say in it. */
    @Nullable
    BuyerField buyerField() {
        return buyerField;
    }
}
