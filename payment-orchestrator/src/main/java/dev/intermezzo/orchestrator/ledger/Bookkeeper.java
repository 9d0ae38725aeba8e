package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Decision;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.TimerRequest;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Takes one event into the books: asks the state machine, and makes the ledger entry that proves what it said. Pure; the
 * topology uses it to write the ledger and the audit to fold it.
 */
public final class Bookkeeper {
    private final DecideFunction decider;
    private final int deciderVersion;
    private final Codec<PaymentStateRecord> stateCodec = Codec.of(PaymentStateRecord.class);

    /** @param deciderVersion which version of the decisions {@code decider} makes */
    public Bookkeeper(DecideFunction decider, int deciderVersion) {
        this.decider = decider;
        this.deciderVersion = deciderVersion;
    }

    /** With the state machine of this build. */
    public Bookkeeper() {
        this(Decider::decide, Decider.DECIDER_VERSION);
    }

    /** Version of the decisions made here. */
    public int deciderVersion() {
        return deciderVersion;
    }

    /** What became of an event. */
    public sealed interface Booking {

        /**
         * It is in the ledger.
         *
         * @param stored the state as it is stored, single-object encoding
         * @param entry with its hash
         */
        record Entered(
                PaymentState state,
                Bytes stored,
                LedgerEntry entry,
                ChainHead head,
                List<Outgoing<?>> commands,
                List<TimerRequest> timers)
                implements Booking {}

        /** Known already, or a timer that no longer counts: nothing is written. */
        record Repeated(PaymentState state) implements Booking {}

        /** There is no such payment, and the event does not begin one. */
        record NoPayment(String code, String reason) implements Booking {}
    }

    /**
     * @param state null: no such payment yet
     * @param head end of the payment's chain; null: no entry yet
     * @param sourceTopic where the event was taken from, without prefix
     * @param bytes the event as consumed
     * @throws RuntimeException when the state machine is at fault: the payment must not go on
     */
    public Booking book(
            @Nullable PaymentState state, @Nullable ChainHead head, String sourceTopic, byte[] bytes, Event event) {
        Decision decision = decider.decide(state, event);
        PaymentState next = decision.next();
        if (next == null) {
            return new Booking.NoPayment(decision.code(), "No such payment exists: " + decision.code() + ".");
        }
        return switch (decision.verdict()) {
            case REPEATED -> new Booking.Repeated(next);
            case APPLIED -> entered(next, decision, Verdict.APPLIED, head, sourceTopic, bytes, event);
            case NOTED -> entered(next, decision, Verdict.NOTED, head, sourceTopic, bytes, event);
            case REFUSED -> entered(next, decision, Verdict.REFUSED, head, sourceTopic, bytes, event);
        };
    }

    private Booking.Entered entered(
            PaymentState next,
            Decision decision,
            Verdict verdict,
            @Nullable ChainHead head,
            String sourceTopic,
            byte[] bytes,
            Event event) {
        long sequence = head == null ? 1 : head.getSequence() + 1;
        if (next.sequence() != sequence) {
            throw new IllegalStateException("The state machine counts " + next.sequence() + " events of "
                    + event.paymentId() + " and the ledger " + sequence + ".");
        }
        byte[] encoded = stateCodec.encode(StateCodec.toRecord(next));
        List<Outgoing<?>> commands =
                decision.commands().stream().<Outgoing<?>>map(Outgoing::of).toList();
        LedgerEntry unsealed = LedgerEntry.newBuilder()
                .setFormatVersion(LedgerHash.FORMAT_VERSION)
                .setPaymentId(event.paymentId())
                .setMerchantId(next.merchantId())
                .setEnvironment(Environment.valueOf(next.environment().name()))
                .setOccurredAt(event.occurredAt().truncatedTo(ChronoUnit.MICROS))
                .setSequence(sequence)
                .setDeciderVersion(deciderVersion)
                .setSourceTopic(sourceTopic)
                .setEvent(ByteBuffer.wrap(bytes))
                .setVerdict(verdict)
                .setVerdictCode(verdict == Verdict.APPLIED ? "" : decision.code())
                .setStateSchema(fingerprint(encoded))
                .setStateDigest(ByteBuffer.wrap(Outgoing.sha256().digest(encoded)))
                .setCommands(commands.stream().map(Outgoing::digest).toList())
                .setPreviousHash(head == null ? ByteBuffer.wrap(LedgerHash.genesis()) : head.getHash())
                .setHash(ByteBuffer.allocate(0))
                .build();
        ByteBuffer hash = ByteBuffer.wrap(LedgerHash.hash(unsealed));
        return new Booking.Entered(
                next,
                Bytes.wrap(encoded),
                LedgerEntry.newBuilder(unsealed).setHash(hash).build(),
                new ChainHead(event.paymentId(), sequence, hash),
                commands,
                decision.timers());
    }

    /** The schema's fingerprint, as it stands in the encoded value's header. */
    private static ByteBuffer fingerprint(byte[] encoded) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Codec.fingerprint(encoded))
                .flip()
                .order(ByteOrder.BIG_ENDIAN);
    }
}
