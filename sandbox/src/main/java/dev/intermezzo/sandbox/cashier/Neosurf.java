package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * "Neosurf" page: a voucher that is redeemed in the call itself, and told by webhook too, with {@code NEOSURF_PAYIN} in
 * {@code method}. Nobody is sent to a page. The page says that the PIN is in the request and names no field for it, so none is
 * looked at: what becomes of a voucher is told to the simulation beforehand.
 *
 * <p><b>Assumed</b>: that today's answer is the one of 2026-05, the only one that is shown; that a refused voucher, which
 * Neosurf tells by {@code data.error} and {@code data.errorcode} under its own 200, reaches the merchant as 400; that the
 * webhook is the general one otherwise. <b>Invented</b>: the words of a refusal.
 */
final class Neosurf implements PspRules {

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amount();
        request.matching("currency", FieldChecks.CURRENCY, "must be a currency code");
        request.matching("currencyCode", FieldChecks.CURRENCY, "must be a currency code");
        request.filled("userId");
        request.email();
        request.webAddresses("siteUrl");
    }

    /** Response 200, older: neither a message nor a transaction. */
    ObjectNode redeemed(Transaction transaction) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("status", "success");
        root.put("isSuccess", true);
        ObjectNode data = root.putObject("data");
        data.put("status", "PENDING");
        data.put("sessionId", transaction.pspId());
        return root;
    }

    /** Error shape 5: no code of the Cashier's, Neosurf's own in {@code data}. */
    ObjectNode refused() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("status", "error");
        root.put("message", "The voucher was refused");
        root.put("isSuccess", false);
        ObjectNode data = root.putObject("data");
        data.put("error", "The voucher was refused");
        data.put("errorcode", "12");
        return root;
    }

    @Override
    public Optional<WebhookWords> words() {
        return Optional.of(new WebhookWords("success", "Voucher redeemed", true, false, "NEOSURF_PAYIN"));
    }
}
