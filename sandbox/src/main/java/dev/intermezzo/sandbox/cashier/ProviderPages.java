package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.web.Page;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The providers' own pages, where the buyer approves, declines or leaves. Their look and their buttons are invented. Trust's
 * page opens once and for its lifetime, as documented; what it says when it is over is invented.
 */
final class ProviderPages {

    private final Provider provider;
    private final InstantSource clock;
    private final Duration trustPageLifetime;

    ProviderPages(Provider provider, InstantSource clock, Duration trustPageLifetime) {
        this.provider = provider;
        this.clock = clock;
        this.trustPageLifetime = trustPageLifetime;
    }

    void show(Context context) {
        Optional<Transaction> found = transaction(context);
        if (found.isEmpty()) {
            absent(context);
            return;
        }
        Transaction transaction = found.get();
        TransactionSnapshot snapshot = transaction.snapshot();
        if (snapshot.status() != TransactionStatus.PENDING) {
            send(context, done(transaction, snapshot));
        } else if (over(transaction)) {
            gone(context, snapshot, "The time for this payment is over.");
        } else if (snapshot.psp().page().pageIsUsedOnce() && !transaction.firstLook()) {
            gone(context, snapshot, "This page works only once and was opened before.");
        } else {
            send(context, choice(snapshot));
        }
    }

    /** Takes a button and sends the browser back to an address that says nothing of the outcome. */
    void press(Context context, TransactionStatus decision) {
        Optional<Transaction> found = transaction(context);
        if (found.isEmpty()) {
            absent(context);
            return;
        }
        Transaction transaction = found.get();
        if (over(transaction)) {
            gone(context, transaction.snapshot(), "The time for this payment is over.");
            return;
        }
        provider.decide(transaction, decision);
        context.redirect(wayBack(transaction.request(), decision).toString(), HttpStatus.SEE_OTHER);
    }

    private Optional<Transaction> transaction(Context context) {
        return provider.transaction(context.pathParam("id"))
                .filter(known -> known.request().psp().opensPage())
                .filter(known -> known.request().psp().path().equals(context.pathParam("psp")));
    }

    private boolean over(Transaction transaction) {
        return transaction.request().psp().page().pageIsUsedOnce()
                && transaction.overBefore(transaction.created().plus(trustPageLifetime), clock.instant());
    }

    /** Some are told the addresses in the request; failure also covers cancel. The others know the back office's only. */
    private URI wayBack(PayInRequest request, TransactionStatus outcome) {
        String own = outcome == TransactionStatus.APPROVED ? request.successUrl() : request.failureUrl();
        return request.psp().page().takesReturnAddresses() && !own.isEmpty()
                ? URI.create(own)
                : request.company().backOffice().siteUrl();
    }

    private static Page choice(TransactionSnapshot transaction) {
        Front front = front(transaction);
        String body = """
                <div class="card">
                <h1>Confirm your payment</h1>
                <p class="sum">%s %s</p>
                <p class="note">%s</p>
                <dl><dt>Transaction</dt><dd>%s</dd></dl>
                %s%s%s
                </div>
                """.formatted(
                        Page.text(transaction.currency()),
                        transaction.amount().toPlainString(),
                        Page.text(front.note()),
                        transaction.id(),
                        button(transaction, "approve", "Approve", "go"),
                        button(transaction, "decline", "Decline", ""),
                        button(transaction, "cancel", "Cancel", ""));
        return front.page("Confirm your payment", body);
    }

    private static String button(TransactionSnapshot transaction, String path, String label, String look) {
        return "<form method=\"post\" action=\"/provider/%s/%s/%s\"><button class=\"%s\">%s</button></form>"
                .formatted(transaction.psp().path(), transaction.id(), path, look, label);
    }

    private Page done(Transaction transaction, TransactionSnapshot snapshot) {
        URI back = wayBack(transaction.request(), snapshot.status());
        String sentence = switch (snapshot.status()) {
            case PENDING -> throw new IllegalArgumentException("An open transaction is not done.");
            case APPROVED -> "This payment is approved.";
            case DECLINED -> "This payment was declined.";
            case CANCELLED -> "This payment was cancelled.";
        };
        return front(snapshot)
                .page(
                        sentence,
                        "<div class=\"card\"><h1>" + sentence + "</h1><p><a class=\"button\" href=\""
                                + Page.text(back.toString()) + "\">Back to the shop</a></p></div>");
    }

    private static void absent(Context context) {
        context.status(HttpStatus.NOT_FOUND);
        send(
                context,
                Psp.PAYONE
                        .page()
                        .front()
                        .page("Not found", "<div class=\"card\"><h1>This payment does not exist.</h1></div>"));
    }

    private static void gone(Context context, TransactionSnapshot transaction, String sentence) {
        context.status(HttpStatus.GONE);
        send(context, front(transaction).page(sentence, "<div class=\"card\"><h1>" + sentence + "</h1></div>"));
    }

    private static Front front(TransactionSnapshot transaction) {
        return transaction.psp().page().front();
    }

    private static void send(Context context, Page page) {
        context.header("Content-Security-Policy", page.policy());
        context.header("Cache-Control", "no-store");
        context.html(page.html());
    }
}
