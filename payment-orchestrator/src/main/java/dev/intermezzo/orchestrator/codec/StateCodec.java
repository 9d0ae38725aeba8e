package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.avro.LivePayment;
import dev.intermezzo.schemas.avro.OrphanMoney;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import dev.intermezzo.schemas.avro.RetiredPayment;
import dev.intermezzo.schemas.avro.StoredStateKind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.joda.money.Money;

/** A payment's state as it is stored and digested. Exact both ways; equal states give equal bytes. */
public final class StateCodec {

    private static final Codec<PaymentStateRecord> CODEC = Codec.of(PaymentStateRecord.class);

    private StateCodec() {}

    /** The record to store. */
    public static PaymentStateRecord toRecord(PaymentState state) {
        Object body = switch (state) {
            case Live live -> live(live);
            case Retired stub ->
                new RetiredPayment(
                        stub.outcome() == StateKind.APPROVED,
                        ToWire.money(stub.amount()),
                        stub.provider(),
                        stub.account(),
                        stub.transactionIds(),
                        ToWire.money(stub.refunded()),
                        ToWire.bytes(stub.contentDigest()),
                        ToWire.each(stub.cases(), ToStore::paymentCase),
                        ToWire.each(stub.refunds(), ToStore::refund),
                        stub.earlierRefunds(),
                        ToWire.each(stub.timers(), ToStore::timer));
            case FreePayOut payOut -> stubOf(payOut);
            case Orphan orphan ->
                new OrphanMoney(ToWire.webhook(orphan.webhook()), ToWire.each(orphan.cases(), ToStore::paymentCase));
        };
        return new PaymentStateRecord(
                state.paymentId(),
                state.merchantId(),
                ToWire.environment(state.environment()),
                ToWire.time(state.time()),
                state.sequence(),
                state.recentEvents(),
                body);
    }

    /** The state that was stored. */
    public static PaymentState toState(PaymentStateRecord stored) {
        return switch (stored.getBody()) {
            case LivePayment live -> live(stored, live);
            case RetiredPayment stub
            when isPayOut(stub) ->
                new FreePayOut(
                        stored.getPaymentId(),
                        stored.getMerchantId(),
                        FromWire.environment(stored.getEnvironment()),
                        FromStore.refund(stub.getRefunds().getFirst()),
                        FromWire.each(stub.getCases(), FromStore::paymentCase),
                        FromWire.each(stub.getTimers(), FromStore::timer),
                        stored.getTime(),
                        stored.getSequence(),
                        stored.getRecentEvents());
            case RetiredPayment stub ->
                new Retired(
                        stored.getPaymentId(),
                        stored.getMerchantId(),
                        FromWire.environment(stored.getEnvironment()),
                        stub.getApproved() ? StateKind.APPROVED : StateKind.NOT_PAID,
                        FromWire.money(stub.getAmount()),
                        stub.getProvider(),
                        stub.getAccount(),
                        stub.getTransactionIds(),
                        FromWire.money(stub.getRefunded()),
                        FromWire.bytes(stub.getContentDigest()),
                        FromWire.each(stub.getCases(), FromStore::paymentCase),
                        FromWire.each(stub.getRefunds(), FromStore::refund),
                        stub.getEarlierRefunds(),
                        FromWire.each(stub.getTimers(), FromStore::timer),
                        stored.getTime(),
                        stored.getSequence(),
                        stored.getRecentEvents());
            case OrphanMoney orphan ->
                new Orphan(
                        stored.getPaymentId(),
                        stored.getMerchantId(),
                        FromWire.environment(stored.getEnvironment()),
                        FromWire.webhook(orphan.getWebhook()),
                        FromWire.each(orphan.getCases(), FromStore::paymentCase),
                        stored.getTime(),
                        stored.getSequence(),
                        stored.getRecentEvents());
            case Object other -> throw FromWire.unexpected(other);
        };
    }

    private static boolean isPayOut(RetiredPayment stub) {
        return stub.getRefunds().size() == 1 && stub.getRefunds().getFirst().getDestination() != null;
    }

    /** A build that does not know pay-outs takes it for a stub whose time is over: see the schema. */
    private static RetiredPayment stubOf(FreePayOut payOut) {
        Refund refund = payOut.payOut();
        return new RetiredPayment(
                true,
                ToWire.money(refund.amount()),
                refund.provider(),
                refund.account(),
                List.of(),
                ToWire.money(Money.zero(refund.amount().getCurrencyUnit())),
                ByteBuffer.allocate(0),
                ToWire.each(payOut.cases(), ToStore::paymentCase),
                List.of(ToStore.refund(refund)),
                0,
                ToWire.each(payOut.timers(), ToStore::timer));
    }

    /** SHA-256 over the stored bytes: what a ledger entry says about the state it led to. */
    public static byte[] digest(PaymentState state) {
        return sha256(CODEC.encode(toRecord(state)));
    }

    /** SHA-256 over a state as it is stored. */
    public static byte[] sha256(byte[] stored) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(stored);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static LivePayment live(Live state) {
        Dossier dossier = state.dossier();
        return new LivePayment(
                StoredStateKind.valueOf(state.kind().name()),
                flag(state),
                state instanceof Verifying verifying ? verifying.asked() : 0,
                ToStore.order(dossier.order()),
                ToWire.plan(dossier.plan()),
                ToWire.each(dossier.buyer(), ToWire::sealed),
                ToWire.each(dossier.attempts(), ToStore::attempt),
                ToWire.each(dossier.refunds(), ToStore::refund),
                ToWire.each(dossier.cases(), ToStore::paymentCase),
                ToWire.each(dossier.messages(), ToStore::message),
                ToWire.each(dossier.timers(), ToStore::timer),
                ToStore.choice(dossier.choice()));
    }

    private static boolean flag(Live state) {
        return switch (state) {
            case AwaitingBuyer awaiting -> awaiting.confirmed();
            case NotPaid notPaid -> notPaid.closedForBuyer();
            case InProgress none -> false;
            case Approved none -> false;
            case Verifying none -> false;
            case UnderReview none -> false;
        };
    }

    private static Live live(PaymentStateRecord stored, LivePayment live) {
        Dossier dossier = new Dossier(
                stored.getPaymentId(),
                stored.getMerchantId(),
                FromWire.environment(stored.getEnvironment()),
                FromStore.order(live.getOrder()),
                FromWire.plan(live.getPlan()),
                FromWire.each(live.getBuyer(), FromWire::sealed),
                FromWire.each(live.getAttempts(), FromStore::attempt),
                FromWire.each(live.getRefunds(), FromStore::refund),
                FromWire.each(live.getCases(), FromStore::paymentCase),
                FromWire.each(live.getMessages(), FromStore::message),
                FromWire.each(live.getTimers(), FromStore::timer),
                FromStore.choice(live.getChoice()),
                stored.getTime(),
                stored.getSequence(),
                stored.getRecentEvents());
        return switch (live.getState()) {
            case AWAITING_BUYER -> new AwaitingBuyer(dossier, live.getFlag());
            case IN_PROGRESS -> new InProgress(dossier);
            case APPROVED -> new Approved(dossier);
            case NOT_PAID -> new NotPaid(dossier, live.getFlag());
            case VERIFYING -> new Verifying(dossier, live.getAsked());
            case UNDER_REVIEW -> new UnderReview(dossier);
        };
    }
}
