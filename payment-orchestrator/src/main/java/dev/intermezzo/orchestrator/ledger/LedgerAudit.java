package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.ledger.LedgerFold.Folded;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Audits the whole ledger in one pass: is it intact, and do the decisions follow from the events? Feed it every record,
 * each partition in the order of its offsets; partitions may be mixed. Memory is one payment state per payment.
 */
public final class LedgerAudit {
    /** Most findings named one by one; the rest is counted. */
    public static final int MAX_NAMED = 1_000;

    private final TopicReader<LedgerEntry> ledger;
    private final EventReader events;
    private final Bookkeeper bookkeeper;
    private final Map<String, Chain> chains = new HashMap<>();
    private final List<LedgerBreak> broken = new ArrayList<>();
    private final List<LedgerDifference> differing = new ArrayList<>();
    private final TreeSet<Integer> otherVersions = new TreeSet<>();
    private long entries;
    private long brokenCount;
    private long differingCount;
    private long reproduced;
    private long notFolded;

    /** With the state machine of this build. */
    public LedgerAudit(WriterSchemas schemas) {
        this(schemas, new Bookkeeper());
    }

    LedgerAudit(WriterSchemas schemas, Bookkeeper bookkeeper) {
        this.ledger = new TopicReader<>(Topics.PAYMENT_LEDGER, schemas);
        this.events = new EventReader(schemas);
        this.bookkeeper = bookkeeper;
    }

    private record Chain(LedgerVerifier verifier, LedgerFold fold) {}

    /** Takes the next record of a partition as it is stored; bytes that are no entry are a finding, not an error. */
    public void accept(LedgerPosition position, byte @Nullable [] value) {
        switch (ledger.read(value)) {
            case Reading.Read<LedgerEntry> read -> accept(position, read.value());
            case Reading.Unacceptable<LedgerEntry> unreadable -> {
                Chain chain = chain(position);
                name(chain.verifier().unreadable(position));
                chain.fold().end();
                notFolded++;
            }
        }
    }

    /** Takes the next record of a partition. */
    public void accept(LedgerPosition position, LedgerEntry entry) {
        Chain chain = chain(position);
        List<LedgerBreak> breaks = chain.verifier().accept(position, entry);
        breaks.forEach(this::name);
        if (!breaks.isEmpty()) {
            chain.fold().end();
        }
        switch (chain.fold().accept(entry)) {
            case Folded.Reproduced same -> reproduced++;
            case Folded.Differs other ->
                name(new LedgerDifference(
                        position.key(), entry.getSequence(), position.partition(), position.offset(), other.what()));
            case Folded.OtherVersion other -> {
                otherVersions.add(other.deciderVersion());
                notFolded++;
            }
            case Folded.NotFolded ended -> notFolded++;
        }
    }

    /** What was found so far. */
    public AuditReport finish() {
        return new AuditReport(
                entries,
                chains.size(),
                brokenCount,
                broken,
                reproduced,
                differingCount,
                differing,
                notFolded,
                new TreeSet<>(otherVersions));
    }

    private Chain chain(LedgerPosition position) {
        entries++;
        return chains.computeIfAbsent(
                position.key(), key -> new Chain(new LedgerVerifier(key), new LedgerFold(events, bookkeeper)));
    }

    private void name(LedgerBreak found) {
        brokenCount++;
        if (broken.size() < MAX_NAMED) {
            broken.add(found);
        }
    }

    private void name(LedgerDifference found) {
        differingCount++;
        if (differing.size() < MAX_NAMED) {
            differing.add(found);
        }
    }
}
