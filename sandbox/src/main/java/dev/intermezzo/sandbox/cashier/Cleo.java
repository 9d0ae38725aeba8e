package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * "Cleo" page, older table: Chile, Peru and Mexico, each in its own currency only, with a long list of statements about the
 * buyer.
 *
 * <p><b>Assumed</b>: that the older table still holds; what {@link BuyerStatements} says; that the answer and the webhook are
 * the general ones, and that the answer names no transaction. Too little of its pay-outs is documented.
 */
final class Cleo implements PageRules {

    private static final Map<String, String> LOCAL = Map.of("CL", "CLP", "PE", "PEN", "MX", "MXN");

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amount();
        money(request);
        BuyerStatements.check(request);
        request.object("address").filled("line1", "city", "state", "postalCode", "country");
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
    public Optional<WebhookWords> words() {
        return Optional.of(new WebhookWords("confirmed", "Payment confirmed and successfully processed", true, false));
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
