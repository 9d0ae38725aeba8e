package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * "ForumPay" page: crypto for an amount in ordinary money; user id, e-mail and country. That its pay-in answer has no more
 * than the general one, and so names no transaction, is <b>assumed</b>: its example is cut off.
 *
 * <p>A pay-out is answered as its example has it; the rates and fees in it are the example's own, whatever is asked.
 */
final class ForumPay implements PageRules, PspRules.PayOutRules {

    private static final Pattern CRYPTO = Pattern.compile("[A-Z0-9]{2,12}");

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amountInCents();
        request.filled("userId");
        request.matching("currency", FieldChecks.CURRENCY, "must be a fiat currency");
        request.email();
        request.matching("country", FieldChecks.COUNTRY, "must be a country code");
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
        return new PayOutOffer.Served(this);
    }

    @Override
    public void check(FieldChecks request) {
        checkPayIn(request);
        request.matching("preferredCrypto", CRYPTO, "must be a cryptocurrency");
        request.filled("walletAddress");
    }

    @Override
    public ObjectNode accepted(Transaction transaction) {
        PayInRequest request = transaction.request();
        ObjectNode root = Answers.success("Transaction is on hold");
        ObjectNode data = root.putObject("data");
        data.put("invoice_currency", request.currency());
        data.put(
                "invoice_amount",
                request.amount().setScale(2, RoundingMode.UNNECESSARY).toPlainString());
        data.put("currency", request.preferredCrypto());
        data.put("payment_source", "cash");
        data.put("wait_time", "20 minutes");
        data.put("network_processing_fee", "0.00000966");
        data.put("rate", "65419.3380");
        data.put("amount_exchange", "0.00015286");
        data.put("amount", request.amount());
        data.put("fast_transaction_fee", "0.00002066");
        data.put("fast_transaction_fee_currency", request.preferredCrypto() + "/kB");
        data.put(
                "payment_id",
                UUID.nameUUIDFromBytes(transaction.id().getBytes(StandardCharsets.US_ASCII))
                        .toString());
        data.put("reference_no", transaction.id());
        data.put("address", request.walletAddress());
        data.put("access_token", "access-" + transaction.pspId());
        data.put("transactionId", transaction.id());
        data.put("merchantReference", "");
        return root;
    }

    @Override
    public Optional<WebhookWords> words() {
        return Optional.of(
                new WebhookWords("confirmed", "Crypto payment confirmed and successfully processed", true, true));
    }

    @Override
    public Front front() {
        return new Front("Example Coin Desk", "Send the coins; the rate is held for this payment.", """
                :root{--ink:#101418;--back:#e7ebe8;--bar:#101418;--onbar:#9ff0c0;--go:#0b6b3a;--line:#101418;--round:0}
                .sum,dd{font-family:ui-monospace,Menlo,monospace}
                button,.button{border-radius:0}
                """);
    }
}
