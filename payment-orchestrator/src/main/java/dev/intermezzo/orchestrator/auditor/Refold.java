package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.Incoming;
import dev.intermezzo.orchestrator.ledger.LedgerFold;
import dev.intermezzo.orchestrator.ledger.SameDecision;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides an entry's event anew. An entry of this build's decider version must come out byte for byte; one of another
 * version, as written side by side during a rolling change, is followed as long as both decide the same.
 */
final class Refold {
    private final EventReader reader;
    private final Bookkeeper bookkeeper;
    private final SameDecision sameDecision;

    Refold(WriterSchemas schemas, Bookkeeper bookkeeper) {
        this.reader = new EventReader(schemas);
        this.bookkeeper = bookkeeper;
        this.sameDecision = new SameDecision(schemas);
    }

    /** What came out. */
    sealed interface Refolded {
        /**
         * The same.
         *
         * @param before the payment before the entry; null: there was none
         */
        record Decided(@Nullable PaymentState before, Event event, Booking.Entered entered) implements Refolded {}

        /**
         * Something else, by the same decider version.
         *
         * @param what stable name of what differs ({@link dev.intermezzo.orchestrator.ledger.LedgerDifference#what})
         */
        record Differs(String what) implements Refolded {}

        /** Nobody can tell: another version decided otherwise. */
        record Unknown() implements Refolded {}
    }

    /** @throws UnknownSchemaException when a writer's schema is not known yet; the entry is to be taken again */
    Refolded of(AuditedPayment memory, LedgerEntry entry) {
        boolean own = entry.getDeciderVersion() == bookkeeper.deciderVersion();
        byte[] bytes = new byte[entry.getEvent().remaining()];
        entry.getEvent().duplicate().get(bytes);
        try {
            if (!(reader.read(entry.getSourceTopic(), bytes) instanceof Incoming.Fact fact)) {
                return otherwise(own, "event");
            }
            PaymentState before = state(memory);
            Booking booking = bookkeeper.book(before, head(memory), entry.getSourceTopic(), bytes, fact.event());
            return booking instanceof Booking.Entered entered
                    ? compare(own, entry, new Refolded.Decided(before, fact.event(), entered))
                    : otherwise(own, "verdict");
        } catch (UnknownSchemaException e) {
            throw e;
        } catch (RuntimeException e) {
            // A decision that fails here and did not when it was written is a difference like any other.
            return otherwise(own, "verdict");
        }
    }

    private Refolded compare(boolean own, LedgerEntry entry, Refolded.Decided decided) {
        Booking.Entered entered = decided.entered();
        if (own && entry.getStateSchema().equals(entered.entry().getStateSchema())) {
            return LedgerFold.difference(entry, entered.entry())
                    .<Refolded>map(Refolded.Differs::new)
                    .orElse(decided);
        }
        try {
            return sameDecision.test(entered, entry) ? decided : new Refolded.Unknown();
        } catch (UndecodableException e) {
            return new Refolded.Unknown();
        }
    }

    private static Refolded otherwise(boolean own, String what) {
        return own ? new Refolded.Differs(what) : new Refolded.Unknown();
    }

    private static @Nullable PaymentState state(AuditedPayment memory) {
        PaymentStateRecord stored = memory.getState();
        return stored == null ? null : StateCodec.toState(stored);
    }

    private static @Nullable ChainHead head(AuditedPayment memory) {
        return memory.getLastIntact().getSequence() == 0
                ? null
                : new ChainHead(
                        memory.getPaymentId(),
                        memory.getLastIntact().getSequence(),
                        memory.getLastIntact().getHash());
    }
}
