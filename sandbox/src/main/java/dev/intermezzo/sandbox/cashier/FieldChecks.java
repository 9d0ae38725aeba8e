package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks at the fields of one request and collects what is wrong. The sentences follow the two that the Errors page shows
 * ({@code amount must not be empty}, {@code email must be a valid email}); the others are <b>invented</b> in their manner.
 */
final class FieldChecks {

    static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    static final Pattern PHONE = Pattern.compile("\\+?[0-9]{6,15}");

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://.+");
    private static final int CENTS = 2;

    private final JsonNode request;
    private final JsonNode userToken;
    private final String within;
    private final List<String> problems;

    /** @param userToken the claims of the user token that came along */
    FieldChecks(JsonNode request, JsonNode userToken) {
        this(request, userToken, "", new ArrayList<>());
    }

    private FieldChecks(JsonNode request, JsonNode userToken, String within, List<String> problems) {
        this.request = request;
        this.userToken = userToken;
        this.within = within;
        this.problems = problems;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    String text(String name) {
        return PayInRequest.text(request, name);
    }

    boolean has(String name) {
        return request.has(name);
    }

    /** A claim of the user token. */
    String claim(String name) {
        return PayInRequest.text(userToken, name);
    }

    /** The fields of an object of the request; what is wrong with them is wrong with the request. */
    FieldChecks object(String name) {
        return new FieldChecks(request.path(name), userToken, within + name + ".", problems);
    }

    void refuse(String name, String sentence) {
        problems.add(within + name + " " + sentence);
    }

    /** Texts that are not blank. */
    void filled(String... names) {
        for (String name : names) {
            if (text(name).isBlank()) {
                refuse(name, "must not be empty");
            }
        }
    }

    void matching(String name, Pattern form, String sentence) {
        if (!form.matcher(text(name)).matches()) {
            refuse(name, sentence);
        }
    }

    void email() {
        matching("email", EMAIL, "must be a valid email");
    }

    /** Each must be exactly this text. */
    void exactly(String value, String... names) {
        for (String name : names) {
            if (!text(name).equals(value)) {
                refuse(name, "must be " + value);
            }
        }
    }

    /** Web addresses, where they are there. */
    void webAddresses(String... names) {
        for (String name : names) {
            if (has(name)) {
                matching(name, WEB_ADDRESS, "must be a web address");
            }
        }
    }

    void booleans(String... names) {
        for (String name : names) {
            if (!request.path(name).isBoolean()) {
                refuse(name, "must be a boolean");
            }
        }
    }

    void number(String name) {
        if (!request.path(name).isNumber()) {
            refuse(name, "must be a number");
        }
    }

    void absent(String... names) {
        for (String name : names) {
            if (has(name)) {
                refuse(name, "must not be sent");
            }
        }
    }

    /** A number above zero; the messages say {@code amount} although the field is {@code baseamount}. */
    void amount() {
        JsonNode amount = request.path("baseamount");
        if (!amount.isNumber()) {
            refuse("amount", "must not be empty");
        } else if (amount.decimalValue().signum() <= 0) {
            refuse("amount", "must be positive");
        }
    }

    /** The same with exactly two decimals in its literal. */
    void amountInCents() {
        JsonNode amount = request.path("baseamount");
        if (amount.isNumber()
                && (!amount.isBigDecimal() || amount.decimalValue().scale() != CENTS)) {
            refuse("amount", "must have exactly two decimals");
        } else {
            amount();
        }
    }
}
