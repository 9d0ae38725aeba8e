package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A PayOne pay-in request, "PayOne" page: both currencies CAD, names and e-mail, a phone of at least six digits.
 *
 * <p>The sentences of {@link #problems(JsonNode)} follow the two that the Errors page shows ({@code amount must not be
 * empty}, {@code email must be a valid email}); the others are <b>invented</b> in their manner. That the amount needs
 * two decimals is documented for another provider; demanding it here keeps the caller honest.
 */
record PayInRequest(BigDecimal amount, String currency, String userId, String email, String firstName) {

    private static final String CURRENCY = "CAD";
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{6,15}");
    private static final int DECIMALS = 2;

    static PayInRequest of(JsonNode json) {
        return new PayInRequest(
                json.path("baseamount").decimalValue(),
                text(json, "currency"),
                text(json, "userId"),
                text(json, "email"),
                text(json, "firstName"));
    }

    static List<String> problems(JsonNode json) {
        List<String> problems = new ArrayList<>();
        JsonNode amount = json.path("baseamount");
        if (!amount.isNumber()) {
            problems.add("amount must not be empty");
        } else if (!amount.isBigDecimal() || amount.decimalValue().scale() != DECIMALS) {
            problems.add("amount must have exactly two decimals");
        } else if (amount.decimalValue().signum() <= 0) {
            problems.add("amount must be positive");
        }
        for (String name : List.of("currency", "currencyCode")) {
            if (!text(json, name).equals(CURRENCY)) {
                problems.add(name + " must be CAD");
            }
        }
        for (String name : List.of("userId", "firstName", "lastName")) {
            if (text(json, name).isBlank()) {
                problems.add(name + " must not be empty");
            }
        }
        if (!EMAIL.matcher(text(json, "email")).matches()) {
            problems.add("email must be a valid email");
        }
        if (!PHONE.matcher(text(json, "phone")).matches()) {
            problems.add("phone must have at least 6 digits");
        }
        return problems;
    }

    static String text(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).textValue() : "";
    }
}
