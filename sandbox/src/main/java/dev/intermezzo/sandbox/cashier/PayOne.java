package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/**
 * "PayOne" page: Interac, CAD only in both currency fields, names and e-mail, a phone of at least six digits. That the amount
 * needs two decimals is documented for another provider; demanding it here keeps the caller honest. Its webhook has no
 * currency and an empty reference.
 *
 * <p>Of a pay-out's answer only the first key is shown: that it is the general one is <b>assumed</b>.
 */
final class PayOne implements PageRules, PspRules.PayOutRules {

    @Override
    public void checkPayIn(FieldChecks request) {
        check(request);
    }

    @Override
    public void check(FieldChecks request) {
        request.amountInCents();
        request.filled("userId");
        request.exactly("CAD", "currency", "currencyCode");
        request.filled("firstName", "lastName");
        request.email();
        request.matching("phone", FieldChecks.PHONE, "must have at least 6 digits");
    }

    /** Response 200. */
    @Override
    public ObjectNode opened(Transaction transaction, URI page) {
        ObjectNode root = Answers.success("Transaction successfully processed");
        ObjectNode data = root.putObject("data");
        data.put("success", true);
        data.put("message", "Transaction successfully Ongoing Process");
        data.put("redirect_url", page.toString());
        data.put("transactionId", transaction.id());
        data.put("merchantReference", "");
        data.put("amount", transaction.request().amount());
        return root;
    }

    @Override
    public PayOutOffer payOut(JsonNode request) {
        return new PayOutOffer.Served(this);
    }

    @Override
    public ObjectNode accepted(Transaction transaction) {
        ObjectNode root = Answers.success("Successfully");
        ObjectNode data = root.putObject("data");
        data.put("status", "PENDING");
        data.put("transactionId", transaction.id());
        return root;
    }

    @Override
    public Optional<WebhookWords> words() {
        return Optional.of(
                new WebhookWords("success", "Transaction approved and successfully processed", false, false));
    }

    @Override
    public Front front() {
        return new Front("First Example Bank", "From your chequing account.", "");
    }
}
