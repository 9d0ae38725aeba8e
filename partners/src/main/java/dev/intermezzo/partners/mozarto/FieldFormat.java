package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The named formats of request fields. Each decides what it accepts and how an accepted value is sent. */
public enum FieldFormat {
    /** Any text without control characters. */
    @JsonProperty("text")
    TEXT("[^\\p{Cntrl}]*", "text"),
    @JsonProperty("digits")
    DIGITS("[0-9]*", "digits only"),
    @JsonProperty("email")
    EMAIL("[^\\s@<>\"(),:;\\[\\]\\\\]{1,64}@[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63}){1,8}", "an e-mail address"),
    /** Sent as digits only; a leading plus sign is taken off. */
    @JsonProperty("phone-digits")
    PHONE_DIGITS("\\+?[0-9]*", "digits only, without the plus sign"),
    /** Sent as it was given, a leading plus sign included. */
    @JsonProperty("phone-as-given")
    PHONE_AS_GIVEN("\\+?[0-9]*", "digits, with the plus sign if it was given"),

    /** North American: ten digits, or eleven that begin with 1; sent as digits only. */
    @JsonProperty("phone-nanp")
    PHONE_NANP("(\\+?1)?[2-9][0-9]{9}", "North American, digits only: ten, or eleven that begin with 1"),
    /** ISO 3166-1 alpha-2, upper case. */
    @JsonProperty("country")
    COUNTRY("[A-Z]{2}", "ISO 3166 code of two letters"),
    @JsonProperty("ip-address")
    IP_ADDRESS("[0-9a-fA-F.:]{2,45}", "an IP address"),
    /** ISO 8601 day that exists. */
    @JsonProperty("date")
    DATE("(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", "a day as YYYY-MM-DD"),
    @JsonProperty("gender")
    GENDER("female|male", "female or male"),
    @JsonProperty("voucher-pin")
    VOUCHER_PIN("[0-9A-Za-z-]*", "letters, digits and dashes"),
    @JsonProperty("crypto-currency")
    CRYPTO_CURRENCY("[A-Z0-9]*", "capital letters and digits, such as BTC"),
    /** Its checksum is for whoever takes the address in: here nobody is left to ask. */
    @JsonProperty("wallet-address")
    WALLET_ADDRESS("[0-9A-Za-z:-]*", "letters, digits, colon and dash");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Pattern pattern;
    private final String meaning;

    FieldFormat(String regex, String meaning) {
        this.pattern = Pattern.compile(regex);
        this.meaning = meaning;
    }

    boolean accepts(String value) {
        return pattern.matcher(value).matches()
                && (this != COUNTRY || COUNTRIES.contains(value))
                && (this != DATE || isDay(value));
    }

    /** The form in which an accepted value is sent, and whose length the field's bounds mean. */
    String sent(String value) {
        return switch (this) {
            case PHONE_DIGITS, PHONE_NANP -> value.startsWith("+") ? value.substring(1) : value;
            case TEXT,
                    DIGITS,
                    EMAIL,
                    PHONE_AS_GIVEN,
                    COUNTRY,
                    IP_ADDRESS,
                    DATE,
                    GENDER,
                    VOUCHER_PIN,
                    CRYPTO_CURRENCY,
                    WALLET_ADDRESS -> value;
        };
    }

    /** What an accepted value matches as a whole, as a page's script can test it too. */
    public String pattern() {
        return pattern.pattern();
    }

    /** What an accepted value looks like, for people. */
    public String meaning() {
        return meaning;
    }

    static FieldFormat usualFor(FieldSource source) {
        return switch (source) {
            case EMAIL -> EMAIL;
            case PHONE -> PHONE_DIGITS;
            case COUNTRY_CODE -> COUNTRY;
            case IP_ADDRESS -> IP_ADDRESS;
            case BIRTH_DATE -> DATE;
            case GENDER -> GENDER;
            case VOUCHER_PIN -> VOUCHER_PIN;
            case CRYPTO_CURRENCY -> CRYPTO_CURRENCY;
            case WALLET_ADDRESS -> WALLET_ADDRESS;
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
                    FULL_NAME,
                    ADDRESS_LINE,
                    CITY,
                    REGION,
                    POSTAL_CODE,
                    RETURN_ADDRESS,
                    SETTING,
                    CONSTANT,
                    OBJECT,
                    UNSETTLED -> TEXT;
        };
    }

    private static boolean isDay(String value) {
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }
}
