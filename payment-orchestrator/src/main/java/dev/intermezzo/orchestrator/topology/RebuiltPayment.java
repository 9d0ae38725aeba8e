package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.Incoming;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.orchestrator.ledger.LedgerVerifier;
import dev.intermezzo.orchestrator.ledger.SameDecision;
import dev.intermezzo.orchestrator.payment.ArmedTimer;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.TimerRequest;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One payment decided anew from its ledger entries: what the stores have to hold about it. Every entry must be intact and
 * come out as it was written; a state that nobody vouches for is not put back.
 *
 * <p>An entry of an older decider version is taken when this build decides that event in the same way, which its digest
 * shows. The chain goes on from the hashes in the ledger.
 */
final class RebuiltPayment {
    private final LedgerVerifier verifier;
    private final EventReader reader;
    private final Bookkeeper bookkeeper;
    private final SameDecision sameDecision;
    private final List<Armed> timers = new ArrayList<>();
    private @Nullable PaymentState state;
    private @Nullable Bytes stored;
    private @Nullable ChainHead head;

    RebuiltPayment(String payment, EventReader reader, Bookkeeper bookkeeper, WriterSchemas schemas) {
        this.sameDecision = new SameDecision(schemas);
        this.verifier = new LedgerVerifier(payment);
        this.reader = reader;
        this.bookkeeper = bookkeeper;
    }

    /**
     * A timer that was asked for and neither fired nor was replaced.
     *
     * @param armedAt sequence of the decision that asked
     */
    private record Armed(TimerRequest request, long armedAt, String traceparent) {
        boolean is(TimerKind kind, int attempt) {
            return request.kind() == kind && request.attempt() == attempt;
        }
    }

    /** Takes the payment's next entry; says why it cannot be relied on, if so. */
    Optional<String> accept(LedgerPosition position, LedgerEntry entry, String traceparent) {
        if (!verifier.accept(position, entry).isEmpty()) {
            return Optional.of("is not intact");
        }
        byte[] bytes = new byte[entry.getEvent().remaining()];
        entry.getEvent().duplicate().get(bytes);
        try {
            return reader.read(entry.getSourceTopic(), bytes) instanceof Incoming.Fact fact
                    ? decide(entry, bytes, fact.event(), traceparent)
                    : Optional.of("holds an event that this build cannot read");
        } catch (UnknownSchemaException e) {
            return Optional.of("was written with a schema that nobody published");
        } catch (RuntimeException e) {
            return Optional.of("makes this build fail: " + e.getClass().getSimpleName());
        }
    }

    private Optional<String> decide(LedgerEntry entry, byte[] bytes, Event event, String traceparent) {
        Booking booking = bookkeeper.book(state, head, entry.getSourceTopic(), bytes, event);
        if (!(booking instanceof Booking.Entered entered) || !sameDecision.test(entered, entry)) {
            return Optional.of("is decided otherwise by this build; decider version " + entry.getDeciderVersion()
                    + " wrote it, this is " + bookkeeper.deciderVersion());
        }
        state = entered.state();
        stored = entered.stored();
        head = new ChainHead(entry.getPaymentId(), entry.getSequence(), entry.getHash());
        arm(entered, traceparent);
        return Optional.empty();
    }

    private void arm(Booking.Entered entered, String traceparent) {
        for (TimerRequest request : entered.timers()) {
            timers.removeIf(timer -> timer.is(request.kind(), request.attempt()));
            timers.add(new Armed(request, entered.state().sequence(), traceparent));
        }
        List<ArmedTimer> counting = switch (entered.state()) {
            case Live live -> live.dossier().timers();
            case Retired stub -> stub.timers();
            case FreePayOut payOut -> payOut.timers();
            case Orphan orphan -> List.of();
        };
        timers.removeIf(timer -> counting.stream()
                .noneMatch(known -> timer.is(known.kind(), known.attempt()) && known.armedAt() == timer.armedAt()));
    }

    /** Puts what the stores hold about this payment into the content of each. */
    void putInto(Map<Bytes, byte[]> payments, Map<Bytes, byte[]> heads, Map<Bytes, byte[]> due) {
        PaymentState last = state;
        Bytes value = stored;
        ChainHead end = head;
        if (last == null || value == null || end == null) {
            return;
        }
        Bytes key = Books.key(last.paymentId());
        payments.put(key, value.get());
        heads.put(key, Books.encode(end));
        for (Armed timer : timers) {
            Map.Entry<Bytes, byte[]> entry = Timers.stored(last, timer.request(), timer.armedAt(), timer.traceparent());
            due.put(entry.getKey(), entry.getValue());
        }
    }
}
