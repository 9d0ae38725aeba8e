package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The named formats of request fields. Each decides what it accepts and how an accepted value is sent. */
public enum FieldFormat {
    /** Any text without control characters. */
    @JsonProperty("text")
    TEXT("[^\\p{Cntrl}]*"),
    @JsonProperty("email")
    EMAIL("[^\\s@<>\"(),:;\\[\\]\\\\]{1,64}@[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63}){1,8}"),
    /** Sent as digits only; a leading plus sign is taken off. */
    @JsonProperty("phone-digits")
    PHONE_DIGITS("\\+?[0-9]*"),
    /** Sent as it was given, a leading plus sign included. */
    @JsonProperty("phone-as-given")
    PHONE_AS_GIVEN("\\+?[0-9]*"),

    /** North American: ten digits, or eleven that begin with 1; sent as digits only. */
    @JsonProperty("phone-nanp")
    PHONE_NANP("(\\+?1)?[2-9][0-9]{9}"),
    /** ISO 3166-1 alpha-2, upper case. */
    @JsonProperty("country")
    COUNTRY("[A-Z]{2}"),
    @JsonProperty("ip-address")
    IP_ADDRESS("[0-9a-fA-F.:]{2,45}");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Pattern pattern;

    FieldFormat(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    boolean accepts(String value) {
        return pattern.matcher(value).matches() && (this != COUNTRY || COUNTRIES.contains(value));
    }

    /** The form in which an accepted value is sent, and whose length the field's bounds mean. */
    String sent(String value) {
        return switch (this) {
            case PHONE_DIGITS, PHONE_NANP -> value.startsWith("+") ? value.substring(1) : value;
            case TEXT, EMAIL, PHONE_AS_GIVEN, COUNTRY, IP_ADDRESS -> value;
        };
    }

    static FieldFormat usualFor(FieldSource source) {
        return switch (source) {
            case EMAIL -> EMAIL;
            case PHONE -> PHONE_DIGITS;
            case COUNTRY_CODE -> COUNTRY;
            case IP_ADDRESS -> IP_ADDRESS;
            case PSP_TYPE,
                    OPERATION,
                    AMOUNT,
                    CURRENCY,
                    USER_ID,
                    MERCHANT_REFERENCE,
                    BRAND_ID,
                    TEST_MODE,
                    FIRST_NAME,
                    LAST_NAME,
                    RETURN_ADDRESS,
                    SETTING,
                    UNSETTLED -> TEXT;
        };
    }
}
