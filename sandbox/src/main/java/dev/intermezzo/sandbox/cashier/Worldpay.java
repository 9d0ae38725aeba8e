package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/**
 * "Worldpay" page, hosted: the person, the statements about them, and {@code countryCode}. The page's address stands in
 * {@code data.paymentUrl}, and only the back office knows where the buyer returns to.
 *
 * <p><b>Assumed</b>, since the table is cut off after {@code verificationDate} and nothing else is shown: that the full address
 * of the overview is an object as in Cleo's table, in which a place may be in no state; that beside the page the answer has
 * what the general one has, and names no transaction; that the webhook is the general one. Card data belongs to
 * {@code integrationMode} direct, which this company does not use: that it is refused is <b>invented</b>.
 */
final class Worldpay implements PageRules {

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amount();
        request.matching("currency", FieldChecks.CURRENCY, "must be a currency code");
        BuyerStatements.check(request);
        request.matching("countryCode", FieldChecks.COUNTRY, "must be a country code");
        request.object("address").filled("line1", "city", "postalCode", "country");
        request.absent("card");
    }

    @Override
    public ObjectNode opened(Transaction transaction, URI page) {
        ObjectNode root = Answers.success("Successfully");
        ObjectNode data = root.putObject("data");
        data.put("status", "PENDING");
        data.put("paymentUrl", page.toString());
        data.put("sessionId", transaction.pspId());
        return root;
    }

    @Override
    public Optional<WebhookWords> words() {
        return Optional.of(new WebhookWords("AUTHORISED", "Card payment authorised", true, false));
    }

    @Override
    public Front front() {
        return new Front("Example World Cards", "By card, in any European market.", """
                :root{--ink:#1b1b6f;--back:#eef0fb;--bar:#1b1b6f;--onbar:#fff;--go:#1b1b6f;--line:#c3c8ee;--soft:#4a4f86}
                .card{border-bottom:.4rem solid #e0245e;border-radius:.2rem}
                """);
    }
}
