package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.ledger.LedgerBreak.Code;
import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that one payment's entries are intact: unchanged, none missing, none twice, each following the one before. Feed
 * it the entries filed under one payment in the order of their offsets. Any build can do this, whatever decided them.
 *
 * <p>Every damaged place is named where it is, and only there: after a damaged entry the chain is taken up again, so one
 * changed byte does not condemn the rest. What this cannot see is entries cut off the end; that takes a checkpoint.
 */
public final class LedgerVerifier {
    private final String payment;
    /** The last entry that was what its hash says. */
    private Head lastIntact = new Head(0, ByteBuffer.wrap(LedgerHash.genesis()));
    /** What the next entry may follow; more than one only after a damaged entry. */
    private List<Head> heads = List.of(lastIntact);

    public LedgerVerifier(String payment) {
        this.payment = payment;
    }

    /**
     * Takes a chain up where another verifier left it.
     *
     * @param lastIntact and {@code heads}: what the other one said last
     */
    public LedgerVerifier(String payment, Head lastIntact, List<Head> heads) {
        this.payment = payment;
        this.lastIntact = lastIntact;
        this.heads = List.copyOf(heads);
    }

    /** The last entry that was what its hash says; sequence 0: there was none. */
    public Head lastIntact() {
        return lastIntact;
    }

    /** What the next entry may follow, at most three. */
    public List<Head> heads() {
        return heads;
    }

    /**
     * An entry that the next one may follow.
     *
     * @param hash null: not known, any will do
     */
    public record Head(long sequence, @Nullable ByteBuffer hash) {
        boolean precedes(LedgerEntry entry) {
            return entry.getSequence() == sequence + 1 && (hash == null || hash.equals(entry.getPreviousHash()));
        }

        boolean is(LedgerEntry entry) {
            return hash != null && hash.equals(entry.getHash());
        }
    }

    /** What is wrong at this entry; empty: nothing. */
    public List<LedgerBreak> accept(LedgerPosition position, LedgerEntry entry) {
        Set<Code> codes = EnumSet.noneOf(Code.class);
        if (!entry.getPaymentId().equals(payment)) {
            codes.add(Code.KEY_MISMATCH);
        }
        if (entry.getFormatVersion() != LedgerHash.FORMAT_VERSION) {
            codes.add(Code.UNKNOWN_FORMAT);
        }
        ByteBuffer recomputed = ByteBuffer.wrap(LedgerHash.hash(entry));
        if (recomputed.equals(entry.getHash())) {
            inItsPlace(entry, codes);
        } else {
            damaged(entry, recomputed, codes);
        }
        List<LedgerBreak> breaks = new ArrayList<>();
        codes.forEach(code -> breaks.add(at(position, entry.getSequence(), code)));
        return breaks;
    }

    /** A stored value that is no entry stands where one should: the chain goes on after it. */
    public LedgerBreak unreadable(LedgerPosition position) {
        long sequence = last() + 1;
        heads = List.of(new Head(sequence, null), lastIntact);
        return at(position, sequence, Code.UNREADABLE);
    }

    /** The entry is what its hash says; is it where it belongs? */
    private void inItsPlace(LedgerEntry entry, Set<Code> codes) {
        if (heads.stream().noneMatch(head -> head.precedes(entry))) {
            long sequence = entry.getSequence();
            if (sequence <= last()) {
                codes.add(heads.stream().anyMatch(head -> head.is(entry)) ? Code.REPEATED : Code.OUT_OF_ORDER);
                return;
            }
            codes.add(sequence > last() + 1 ? Code.SEQUENCE_GAP : Code.PREVIOUS_HASH_MISMATCH);
        }
        lastIntact = new Head(entry.getSequence(), entry.getHash());
        heads = List.of(lastIntact);
    }

    /**
     * The entry is not what its hash says, so its own sequence proves nothing; it is taken as the one expected here. Its
     * successor was chained to the hash that stands here or, when just that was changed, to the one it should be; or, when
     * the damaged entry was slipped in, to the one before it.
     */
    private void damaged(LedgerEntry entry, ByteBuffer recomputed, Set<Code> codes) {
        codes.add(Code.HASH_MISMATCH);
        if (heads.stream().anyMatch(head -> head.is(entry))) {
            codes.add(Code.REPEATED);
            return;
        }
        long sequence = last() + 1;
        heads = List.of(new Head(sequence, entry.getHash()), new Head(sequence, recomputed), lastIntact);
    }

    private long last() {
        return heads.getFirst().sequence();
    }

    private LedgerBreak at(LedgerPosition position, long sequence, Code code) {
        return new LedgerBreak(payment, sequence, position.partition(), position.offset(), code);
    }
}
