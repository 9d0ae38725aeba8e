package dev.intermezzo.ingress.api;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundRequested;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A request as {@code api-requests} keeps it: the first one under its Idempotency-Key.
 *
 * @param contentDigest what was asked
 * @param reason the merchant's own words: a refund's reason, another pay-out's reference
 * @param act what goes to {@code operator-acts}
 * @param refusedWith the code with which the payment refused it, as far as that was heard
 */
record KeptRequest(
        String id,
        ByteBuffer contentDigest,
        String reason,
        OperatorAct act,
        Instant occurredAt,
        Optional<String> refusedWith) {

    /** The payment refused it and why was not heard: an instance ended between the decision and its note. */
    static final String REASON_LOST = "refund-refused";

    RefundRequested wish() {
        return (RefundRequested) act.getBody();
    }

    /** It is for a pay-out that belongs to no payment. */
    boolean isFree() {
        return wish().getDestination() != null;
    }

    /** Name of the destination; empty for a refund. */
    String destination() {
        DestinationRef to = wish().getDestination();
        return to == null ? "" : to.getName();
    }

    /** As the API names what it asks for. */
    String payOutId() {
        return isFree() ? act.getPaymentId() : Ids.payOut(act.getPaymentId(), wish().getRefundId());
    }

    boolean asks(ByteBuffer digest) {
        return contentDigest.equals(digest);
    }

    /** A code that says why wins over one that does not, and the earlier over the later. */
    KeptRequest refused(String code) {
        boolean known = refusedWith.filter(told -> !told.equals(REASON_LOST)).isPresent();
        return known ? this : new KeptRequest(id, contentDigest, reason, act, occurredAt, Optional.of(code));
    }
}
