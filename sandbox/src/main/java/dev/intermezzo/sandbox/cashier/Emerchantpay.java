package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * "Emerchantpay" page: a card in the request, each pay-in with 3-D Secure; the request may name where the buyer returns to,
 * for success and for failure. The card is looked at and forgotten.
 *
 * <p><b>Assumed</b>, since no answer is shown: that each card is challenged, on a page that stands in {@code data.url} of the
 * general answer; that the webhook is the general one; that a card is of the United States when {@code countryCode} says so,
 * by which alone the rule about {@code address.state} can be looked at. That a payment may end in the answer itself is
 * documented and not simulated: what such an answer says is not known.
 */
final class Emerchantpay implements PageRules {

    private static final Pattern MONTH = Pattern.compile("0[1-9]|1[0-2]");
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amount();
        request.matching("currency", FieldChecks.CURRENCY, "must be a currency code");
        request.filled("firstName", "lastName");
        request.email();
        FieldChecks card = request.object("card");
        card.filled("pan", "cvv", "cardHolderName");
        card.matching("expMonth", MONTH, "must be a month of 2 digits");
        card.matching("expYear", YEAR, "must be a year of 4 digits");
        if (request.has("countryCode")) {
            request.matching("countryCode", FieldChecks.COUNTRY, "must be a country code");
        }
        if (request.text("countryCode").equals("US")) {
            request.object("address").filled("state");
        }
        request.webAddresses("hppSuccessUrl", "hppFailureUrl");
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
    public boolean takesReturnAddresses() {
        return true;
    }

    @Override
    public Optional<WebhookWords> words() {
        return Optional.of(new WebhookWords("approved", "Transaction approved by the issuer", true, false));
    }

    @Override
    public Front front() {
        return new Front("Example Issuing Bank", "Your bank asks whether it is you who pays.", """
                :root{--ink:#12322b;--back:#e9f5f1;--bar:#fff;--onbar:#12322b;--go:#0f6b57;--line:#b7dccf;--soft:#3f6a5f}
                header{border-bottom:4px double #0f6b57}
                .card{border-style:dashed}
                """);
    }
}
