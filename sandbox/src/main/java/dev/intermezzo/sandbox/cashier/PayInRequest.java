package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pay-in request, by the page of its provider. PayOne: both currencies CAD, names and e-mail, a phone of at least six
 * digits. ForumPay: a fiat currency, e-mail and country. Trust: a currency and the user id; names, phone and country only
 * fill its page in, and card data is refused.
 *
 * <p>The sentences of {@link #problems} follow the two that the Errors page shows ({@code amount must not be empty},
 * {@code email must be a valid email}); the others are <b>invented</b> in their manner. That the amount needs two decimals
 * is documented for another provider; demanding it here keeps the caller honest. That Trust refuses card data is
 * <b>invented</b>: its page only says never to send any.
 *
 * @param merchantReference empty: none was sent
 * @param successUrl where Trust sends the buyer after an approval; empty: the back office's address
 * @param failureUrl the same after a decline or cancel
 */
record PayInRequest(
        Psp psp,
        BigDecimal amount,
        String currency,
        String userId,
        String email,
        String firstName,
        String merchantReference,
        String successUrl,
        String failureUrl) {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{6,15}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://.+");
    private static final int DECIMALS = 2;

    static PayInRequest of(Psp psp, JsonNode json) {
        return new PayInRequest(
                psp,
                json.path("baseamount").decimalValue(),
                text(json, "currency"),
                text(json, "userId"),
                text(json, "email"),
                text(json, "firstName"),
                text(json, "merchantReference"),
                text(json, "hppSuccessUrl"),
                text(json, "hppFailureUrl"));
    }

    static List<String> problems(Psp psp, JsonNode json) {
        List<String> problems = new ArrayList<>();
        amount(json, problems);
        filled(json, problems, "userId");
        switch (psp) {
            case PAYONE -> payOne(json, problems);
            case FORUMPAY -> forumPay(json, problems);
            case TRUST -> trust(json, problems);
        }
        return problems;
    }

    private static void amount(JsonNode json, List<String> problems) {
        JsonNode amount = json.path("baseamount");
        if (!amount.isNumber()) {
            problems.add("amount must not be empty");
        } else if (!amount.isBigDecimal() || amount.decimalValue().scale() != DECIMALS) {
            problems.add("amount must have exactly two decimals");
        } else if (amount.decimalValue().signum() <= 0) {
            problems.add("amount must be positive");
        }
    }

    private static void payOne(JsonNode json, List<String> problems) {
        for (String name : List.of("currency", "currencyCode")) {
            if (!text(json, name).equals("CAD")) {
                problems.add(name + " must be CAD");
            }
        }
        filled(json, problems, "firstName");
        filled(json, problems, "lastName");
        matching(json, problems, "email", EMAIL, "must be a valid email");
        matching(json, problems, "phone", PHONE, "must have at least 6 digits");
    }

    private static void forumPay(JsonNode json, List<String> problems) {
        matching(json, problems, "currency", CURRENCY, "must be a fiat currency");
        matching(json, problems, "email", EMAIL, "must be a valid email");
        matching(json, problems, "country", COUNTRY, "must be a country code");
    }

    private static void trust(JsonNode json, List<String> problems) {
        matching(json, problems, "currency", CURRENCY, "must be a currency code");
        for (String name : List.of("card", "pan", "expiry", "cvv")) {
            if (json.has(name)) {
                problems.add(name + " must not be sent");
            }
        }
        for (String name : List.of("hppSuccessUrl", "hppFailureUrl")) {
            if (json.has(name)) {
                matching(json, problems, name, WEB_ADDRESS, "must be a web address");
            }
        }
    }

    private static void filled(JsonNode json, List<String> problems, String name) {
        if (text(json, name).isBlank()) {
            problems.add(name + " must not be empty");
        }
    }

    private static void matching(JsonNode json, List<String> problems, String name, Pattern form, String sentence) {
        if (!form.matcher(text(json, name)).matches()) {
            problems.add(name + " " + sentence);
        }
    }

    static String text(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).textValue() : "";
    }
}
