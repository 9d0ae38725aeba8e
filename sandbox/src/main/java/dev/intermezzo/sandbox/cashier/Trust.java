package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/**
 * "Trust Payments" page: a currency and the user id; names, phone and country only fill its page in. Its page works once, for
 * five minutes after its issue. The page names the answer's fields; that they stand under {@code data} is <b>assumed</b>, and so
 * is that its webhook is the general one, with its words in {@code status}. That card data is refused is <b>invented</b>: the
 * page only says never to send any.
 */
final class Trust implements PageRules {

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amount();
        request.filled("userId");
        request.matching("currency", FieldChecks.CURRENCY, "must be a currency code");
        request.absent("card", "pan", "expiry", "cvv");
        request.webAddresses("hppSuccessUrl", "hppFailureUrl");
    }

    @Override
    public ObjectNode opened(Transaction transaction, URI page) {
        ObjectNode root = Answers.success("Successfully");
        ObjectNode data = root.putObject("data");
        data.put("paymentUrl", page.toString());
        data.put("transactionId", transaction.id());
        data.put("merchantReference", transaction.request().merchantReference());
        data.put("amount", transaction.request().amount());
        return root;
    }

    @Override
    public boolean pageIsUsedOnce() {
        return true;
    }

    @Override
    public boolean takesReturnAddresses() {
        return true;
    }

    @Override
    public Optional<WebhookWords> words() {
        return Optional.of(new WebhookWords("settled", "Transaction settled", true, true));
    }

    @Override
    public Front front() {
        return new Front("Example Card House", "By card or wallet; this page can be opened once.", """
                :root{--ink:#2b1b3d;--back:#f3eef8;--bar:#fff;--onbar:#4a2a78;--go:#5b2a9d;--line:#d9cdea;--round:1rem}
                header{border-bottom:3px solid #5b2a9d}
                h1,.sum{font-family:Georgia,'Times New Roman',serif}
                button,.button{border-radius:2rem}
                """);
    }
}
