package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;

/**
 * "Brite" page: the buyer signs in at their bank, on a hosted page; there is no webhook, so that nobody ever hears how a
 * payment ended, whichever button the buyer pressed.
 *
 * <p><b>Assumed</b>, since neither request nor answer is shown: that the fields which every pay-in has are all that it needs,
 * and that its page stands in {@code data.url} of the general answer. What it answers when it refuses a session is in
 * {@link Answers#sessionRefused}.
 */
final class Brite implements PageRules {

    @Override
    public void checkPayIn(FieldChecks request) {
        request.amount();
        request.matching("currency", FieldChecks.CURRENCY, "must be a currency code");
        request.filled("userId");
        request.email();
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
    public Optional<WebhookWords> words() {
        return Optional.empty();
    }

    @Override
    public Front front() {
        return new Front("Example Open Banking", "Choose your bank and sign in there.", """
                :root{--ink:#0b2a4a;--back:#f2fbff;--bar:#00b8d9;--onbar:#042433;--go:#005a70;--line:#a9dfea;--soft:#3a5f6d}
                .card{border-radius:1.25rem;border-width:2px}
                """);
    }
}
