package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * "Cleo" page, older table: Chile, Peru and Mexico, each in its own currency only, with a long list of statements about the
 * buyer. {@code transactionCount} is a text, {@code userBalance} a number.
 *
 * <p><b>Assumed</b>: that the older table still holds; that {@code gender} says female or male; that
 * {@code emailVerification} and {@code verificationDate} may be left out although the table wants them; that the answer and the
 * webhook are the general ones, and that the answer names no transaction. Too little of its pay-outs is documented.
 */
final class Cleo implements PspRules {

    private static final Map<String, String> LOCAL = Map.of("CL", "CLP", "PE", "PEN", "MX", "MXN");
    private static final Pattern GENDER = Pattern.compile("female|male");
    private static final Pattern DAY = Pattern.compile("(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amount();
        money(request);
        request.filled("userId", "firstName", "lastName", "partnerName");
        request.email();
        request.matching("phone", FieldChecks.PHONE, "must have at least 6 digits");
        request.matching("gender", GENDER, "must be female or male");
        request.matching("dob", DAY, "must be a date such as 1990-01-15");
        request.booleans("kycVerified", "blocked", "isVelocity");
        request.matching("transactionCount", COUNT, "must be a number as text");
        request.number("userBalance");
        request.object("address").filled("line1", "city", "state", "postalCode", "country");
        if (request.has("emailVerification")) {
            request.exactly(request.text("email"), "emailVerification");
            request.matching("verificationDate", DAY, "must be a date such as 1990-01-15");
        }
    }

    /** The key that is used at Cleo follows from the country, so the currency belongs to it. */
    private static void money(FieldChecks request) {
        String country = request.text("countryCode");
        if (!LOCAL.containsKey(country)) {
            request.refuse("countryCode", "must be CL, PE or MX");
            return;
        }
        String local = LOCAL.getOrDefault(country, "");
        if (!request.text("currency").equals(local)) {
            request.refuse("currency", "must be " + local + " in " + country);
        }
        request.exactly(request.text("currency"), "currencyCode");
    }

    @Override
    public ObjectNode opened(Transaction transaction, URI page) {
        ObjectNode root = Answers.success("Successfully");
        ObjectNode data = root.putObject("data");
        data.put("status", "PENDING");
        data.put("url", page.toString());
        data.put("sessionId", transaction.pspId());
        return root;
    }

    @Override
    public PayOutOffer payOut(JsonNode request) {
        return new PayOutOffer.NotSetUp();
    }

    @Override
    public WebhookWords words() {
        return new WebhookWords("confirmed", "Payment confirmed and successfully processed", true, false);
    }

    @Override
    public Front front() {
        return new Front("Pagos de Ejemplo", "By bank transfer, card or in cash.", """
                :root{--ink:#3b1f12;--back:#fff6ec;--bar:#b3341d;--onbar:#fff;--go:#a32c16;--line:#f0d3b8;--soft:#6d4a38}
                .card{border-left:.4rem solid #e0902f}
                .sum{color:#a32c16}
                """);
    }
}
