package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.faults.WebhookFault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One pay-in at the provider. It is decided once; a second press of a button changes nothing. */
final class Transaction {

    private final String id;
    private final String pspId;
    private final PayInRequest request;
    private final WebhookFault fault;
    private final Instant created;
    private TransactionStatus status = TransactionStatus.PENDING;
    private @Nullable Instant decided;
    private boolean shown;
    private boolean over;

    Transaction(String id, String pspId, PayInRequest request, WebhookFault fault, Instant created) {
        this.id = id;
        this.pspId = pspId;
        this.request = request;
        this.fault = fault;
        this.created = created;
    }

    String id() {
        return id;
    }

    String pspId() {
        return pspId;
    }

    PayInRequest request() {
        return request;
    }

    WebhookFault fault() {
        return fault;
    }

    /** Whether nobody looked at its page before. */
    synchronized boolean firstLook() {
        boolean first = !shown;
        shown = true;
        return first;
    }

    /** Ends the time of its page before its lifetime. */
    synchronized void endTime() {
        over = true;
    }

    synchronized boolean overBefore(Instant lifetimeEnds, Instant now) {
        return over || !now.isBefore(lifetimeEnds);
    }

    Instant created() {
        return created;
    }

    /** Whether this decision is the one that counts. */
    synchronized boolean decide(TransactionStatus decision, Instant at) {
        if (status != TransactionStatus.PENDING) {
            return false;
        }
        status = decision;
        decided = at;
        return true;
    }

    synchronized TransactionSnapshot snapshot() {
        return new TransactionSnapshot(
                id,
                request.psp(),
                request.userId(),
                request.email(),
                request.amount(),
                request.currency(),
                request.wallet(),
                status,
                created,
                decided);
    }
}
