package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides one payment's events anew, in the ledger's order, and compares what comes out with what was written. Only the
 * decider version that wrote an entry can be held to it; at the first entry of another version the fold ends. Replaying
 * never emits a command.
 */
public final class LedgerFold {
    private final EventReader reader;
    private final Bookkeeper bookkeeper;
    private @Nullable PaymentState state;
    private @Nullable ChainHead head;
    private boolean ended;

    public LedgerFold(EventReader reader, Bookkeeper bookkeeper) {
        this.reader = reader;
        this.bookkeeper = bookkeeper;
    }

    /** What folding one entry showed. */
    public sealed interface Folded {
        /** This build decides exactly the same. */
        record Reproduced() implements Folded {}

        /**
         * It decides otherwise.
         *
         * @param what see {@link LedgerDifference#what}
         */
        record Differs(String what) implements Folded {}

        /** Written by another version, whose release can fold it. */
        record OtherVersion(int deciderVersion) implements Folded {}

        /** Not looked at, because the fold ended before. */
        record NotFolded() implements Folded {}
    }

    /** Folds the payment's next entry. */
    public Folded accept(LedgerEntry entry) {
        if (ended) {
            return new Folded.NotFolded();
        }
        Folded folded = fold(entry);
        ended = !(folded instanceof Folded.Reproduced);
        return folded;
    }

    /** Nothing after this can be reproduced, because what came before is not intact. */
    public void end() {
        ended = true;
    }

    /** The payment after the entries folded so far; null before the first. */
    public @Nullable PaymentState state() {
        return state;
    }

    private Folded fold(LedgerEntry entry) {
        if (entry.getDeciderVersion() != bookkeeper.deciderVersion()) {
            return new Folded.OtherVersion(entry.getDeciderVersion());
        }
        byte[] bytes = bytes(entry.getEvent());
        Booking booking;
        try {
            if (!(reader.read(entry.getSourceTopic(), bytes) instanceof Incoming.Fact fact)) {
                return new Folded.Differs("event");
            }
            booking = bookkeeper.book(state, head, entry.getSourceTopic(), bytes, fact.event());
        } catch (UnknownSchemaException e) {
            return new Folded.OtherVersion(entry.getDeciderVersion());
        } catch (RuntimeException e) {
            // A decision that fails here and did not when it was written is a difference like any other.
            return new Folded.Differs("verdict");
        }
        if (!(booking instanceof Booking.Entered entered)) {
            return new Folded.Differs("verdict");
        }
        LedgerEntry anew = entered.entry();
        if (!anew.getStateSchema().equals(entry.getStateSchema())) {
            return new Folded.OtherVersion(entry.getDeciderVersion());
        }
        state = entered.state();
        head = entered.head();
        return difference(entry, anew).<Folded>map(Folded.Differs::new).orElseGet(Folded.Reproduced::new);
    }

    /**
     * In what an entry differs from the one that the same decider version makes now; see {@link LedgerDifference#what}.
     * Empty: in nothing.
     */
    public static Optional<String> difference(LedgerEntry entry, LedgerEntry anew) {
        if (entry.getVerdict() != anew.getVerdict() || !entry.getVerdictCode().equals(anew.getVerdictCode())) {
            return Optional.of("verdict");
        }
        if (!entry.getStateDigest().equals(anew.getStateDigest())) {
            return Optional.of("state");
        }
        if (!entry.getCommands().equals(anew.getCommands())) {
            return Optional.of("commands");
        }
        return entry.getHash().equals(anew.getHash()) ? Optional.empty() : Optional.of("entry");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
