package dev.intermezzo.partners.mozarto;

import java.util.Arrays;
import java.util.Optional;

/** The details of a buyer that a provider or the user token may ask for, by the name the details form uses. */
public enum BuyerField {
    EMAIL("email"),
    FIRST_NAME("firstName"),
    LAST_NAME("lastName"),
    PHONE("phone"),
    COUNTRY_CODE("countryCode"),
    ADDRESS_LINE("addressLine"),
    CITY("city"),
    REGION("region"),
    POSTAL_CODE("postalCode"),
    BIRTH_DATE("birthDate"),
    GENDER("gender"),
    /** Where the browser came from; recorded, never asked for. */
    IP_ADDRESS("ipAddress");

    private final String key;

    BuyerField(String key) {
        this.key = key;
    }

    /** The name in problems, in the details form and in the payment plan. */
    public String key() {
        return key;
    }

    /** The field of that name, if there is one. */
    public static Optional<BuyerField> ofKey(String key) {
        return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
    }
}
