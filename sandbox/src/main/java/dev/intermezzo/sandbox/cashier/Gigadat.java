package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * "Gigadat" page: Interac in Canada. The whole name in one field, exactly two decimals in the amount's literal, a North
 * American telephone number in digits only, and the buyer's own address. The telephone of the user token wins over the
 * request's, so both are looked at.
 *
 * <p><b>Assumed</b>: that the webhook is the general one with currency, and echoes no reference: the answer's example has it
 * empty. A transfer by e-mail (ETO) is answered as far as its example goes; that its transaction stands in
 * {@code data.transactionId}, and that whoever approves it does so at once, is assumed too. Bank transfers (ACH) are not
 * documented.
 */
final class Gigadat implements PageRules, PspRules.PayOutRules {

    private static final Pattern NORTH_AMERICAN = Pattern.compile("1?[2-9][0-9]{9}");

    /** The example's own number is of another country. */
    private static final Pattern MOBILE = Pattern.compile("[0-9]{10,11}");

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");
    private static final String PHONE_RULE = "must be a North American number of 10 or 11 digits";

    @Override
    public void checkPayIn(FieldChecks request) {
        person(request);
        request.matching("phone", NORTH_AMERICAN, PHONE_RULE);
        if (!NORTH_AMERICAN.matcher(request.claim("phone")).matches()) {
            request.refuse("phone", "of the user token " + PHONE_RULE);
        }
        if (request.has("currency")) {
            request.exactly("CAD", "currency");
        }
    }

    private static void person(FieldChecks request) {
        request.amountInCents();
        request.filled("name");
        request.email();
        request.matching("userIp", ADDRESS, "must be an IP address");
    }

    /** Response 200. */
    @Override
    public ObjectNode opened(Transaction transaction, URI page) {
        ObjectNode root = Answers.success("Gigadat CPI payment initiated successfully");
        ObjectNode data = root.putObject("data");
        data.put("transactionId", transaction.id());
        data.put("databaseTransactionId", transaction.id());
        data.put("method", "GET_REDIRECT");
        data.put("webflowURL", page + "?transaction=" + transaction.id() + "&token=" + paymentToken(transaction));
        data.putNull("formSubmissionURL");
        data.put("instructions", "Use direct redirect to webflowURL");
        data.put("paymentToken", paymentToken(transaction));
        data.put("transaction_status", "Pending");
        data.put("amount", transaction.request().amount());
        data.put("merchantReference", "");
        data.putObject("data").put("gigadatTransactionId", transaction.id());
        return root;
    }

    @Override
    public PayOutOffer payOut(JsonNode request) {
        return PayInRequest.text(request, "payoutType").equals("ACH")
                ? new PayOutOffer.NotSetUp()
                : new PayOutOffer.Served(this);
    }

    @Override
    public void check(FieldChecks request) {
        request.exactly("ETO", "payoutType");
        person(request);
        request.filled("userId");
        request.exactly("CAD", "currency");
        request.matching("mobile", MOBILE, "must have 10 or 11 digits");
    }

    /** Response 200 of a transfer by e-mail; nobody is to be sent to its addresses. */
    @Override
    public ObjectNode accepted(Transaction transaction) {
        ObjectNode root = Answers.success("Added to approvals table");
        ObjectNode data = root.putObject("data");
        data.put("method", "AWAITING_APPROVAL");
        data.put("payoutType", "ETO");
        data.put("webflowURL", "https://interac.example.com/webflow?token=" + paymentToken(transaction));
        data.put("finalizationURL", "https://interac.example.com/finalize?token=" + paymentToken(transaction));
        data.put("instructions", "The transfer is finalised after an administrator has approved it");
        data.put("paymentToken", paymentToken(transaction));
        data.put("amount", transaction.request().amount());
        data.put("transactionId", transaction.id());
        return root;
    }

    private static String paymentToken(Transaction transaction) {
        return "token-" + transaction.pspId();
    }

    @Override
    public Optional<WebhookWords> words() {
        return Optional.of(new WebhookWords("STATUS_SUCCESS", "Transaction approved", true, false));
    }

    @Override
    public Front front() {
        return new Front("Example Transfers", "Sign in at your bank to send an e-transfer.", """
                :root{--ink:#1c1c1c;--back:#f4f4f2;--bar:#fdb913;--onbar:#1c1c1c;--go:#1c1c1c;--line:#c9c9c4}
                .card{border-top:.4rem solid #fdb913;border-radius:0 0 .6rem .6rem}
                .test{background:#1c1c1c;color:#fde68a}
                """);
    }
}
