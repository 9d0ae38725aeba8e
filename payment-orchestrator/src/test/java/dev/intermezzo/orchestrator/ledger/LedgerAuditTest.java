package dev.intermezzo.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.topology.Facts;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerAuditTest {
    private final Facts facts = Facts.ofOrder(1);

    @Test
    void an_honest_ledger_of_several_payments_is_verified() {
        List<LedgerEntry> ledger = new ArrayList<>(history(facts));
        ledger.addAll(history(Facts.ofOrder(2)));

        AuditReport report = audit(ledger);

        assertThat(report.verified()).isTrue();
        assertThat(report.fullyReproduced()).isTrue();
        assertThat(report.entries()).isEqualTo(6);
        assertThat(report.payments()).isEqualTo(2);
        assertThat(report.reproduced()).isEqualTo(6);
    }

    @Test
    void partitions_may_be_mixed() {
        List<LedgerEntry> one = history(facts);
        List<LedgerEntry> two = history(Facts.ofOrder(2));
        List<LedgerEntry> mixed = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            mixed.add(one.get(i));
            mixed.add(two.get(i));
        }

        assertThat(audit(mixed).verified()).isTrue();
    }

    @Test
    void one_changed_byte_is_named_and_what_follows_is_not_folded() {
        List<LedgerEntry> ledger = new ArrayList<>(history(facts));
        byte[] event = new byte[ledger.get(1).getEvent().remaining()];
        ledger.get(1).getEvent().duplicate().get(event);
        event[event.length - 1] ^= 1;
        ledger.set(
                1,
                LedgerEntry.newBuilder(ledger.get(1))
                        .setEvent(ByteBuffer.wrap(event))
                        .build());

        AuditReport report = audit(ledger);

        assertThat(report.verified()).isFalse();
        assertThat(report.broken()).singleElement().satisfies(found -> {
            assertThat(found.payment()).isEqualTo(facts.payment());
            assertThat(found.sequence()).isEqualTo(2);
            assertThat(found.code()).isEqualTo(LedgerBreak.Code.HASH_MISMATCH);
        });
        assertThat(report.reproduced()).isEqualTo(1);
        assertThat(report.notFolded()).isEqualTo(2);
    }

    @Test
    void a_history_rewritten_with_a_perfect_chain_is_still_found_out_by_its_decisions() {
        assertThat(rewritten(entry ->
                        LedgerEntry.newBuilder(entry).setVerdict(Verdict.NOTED).build()))
                .isEqualTo("verdict");
        assertThat(rewritten(entry -> LedgerEntry.newBuilder(entry)
                        .setStateDigest(ByteBuffer.wrap(new byte[32]))
                        .build()))
                .isEqualTo("state");
        assertThat(rewritten(entry ->
                        LedgerEntry.newBuilder(entry).setCommands(List.of()).build()))
                .isEqualTo("commands");
        assertThat(rewritten(entry -> LedgerEntry.newBuilder(entry)
                        .setSourceTopic("cashier-results")
                        .build()))
                .isEqualTo("event");
        assertThat(rewritten(entry -> LedgerEntry.newBuilder(entry)
                        .setOccurredAt(entry.getOccurredAt().plusSeconds(1))
                        .build()))
                .isEqualTo("entry");
    }

    @Test
    void entries_of_another_decider_version_are_intact_but_name_the_release_to_run() {
        int another = Decider.DECIDER_VERSION + 1;
        List<LedgerEntry> ledger = history(facts, new Bookkeeper(Decider::decide, another));

        AuditReport report = audit(ledger);

        assertThat(report.intact()).isTrue();
        assertThat(report.fullyReproduced()).isFalse();
        assertThat(report.otherVersions()).containsExactly(another);
        assertThat(report.notFolded()).isEqualTo(3);
    }

    @Test
    void a_stored_value_that_is_no_entry_is_named() {
        List<LedgerEntry> ledger = history(facts);
        LedgerAudit audit = new LedgerAudit(WriterSchemas.compiledIn());

        audit.accept(position(0), Codec.of(LedgerEntry.class).encode(ledger.get(0)));
        audit.accept(position(1), new byte[] {1, 2, 3});
        audit.accept(position(2), Codec.of(LedgerEntry.class).encode(ledger.get(2)));

        assertThat(audit.finish().broken()).extracting(LedgerBreak::code).containsExactly(LedgerBreak.Code.UNREADABLE);
        assertThat(audit.finish().entries()).isEqualTo(3);
    }

    /** What the fold says about a first entry that was changed before the whole chain was hashed anew. */
    private String rewritten(UnaryOperator<LedgerEntry> change) {
        List<LedgerEntry> forged = new ArrayList<>();
        ByteBuffer previous = ByteBuffer.wrap(LedgerHash.genesis());
        for (LedgerEntry entry : history(facts)) {
            LedgerEntry changed = forged.isEmpty() ? change.apply(entry) : entry;
            LedgerEntry resealed = LedgerChain.sealed(
                    LedgerEntry.newBuilder(changed).setPreviousHash(previous).build());
            forged.add(resealed);
            previous = resealed.getHash();
        }
        AuditReport report = audit(forged);
        assertThat(report.intact()).isTrue();
        assertThat(report.verified()).isFalse();
        assertThat(report.differing()).hasSize(1);
        return report.differing().getFirst().what();
    }

    private static AuditReport audit(List<LedgerEntry> ledger) {
        LedgerAudit audit = new LedgerAudit(WriterSchemas.compiledIn());
        for (int i = 0; i < ledger.size(); i++) {
            audit.accept(new LedgerPosition(ledger.get(i).getPaymentId(), 0, i), ledger.get(i));
        }
        return audit.finish();
    }

    private LedgerPosition position(long offset) {
        return new LedgerPosition(facts.payment(), 0, offset);
    }

    private static List<LedgerEntry> history(Facts facts) {
        return history(facts, new Bookkeeper());
    }

    /** Checkout, page, approval. */
    private static List<LedgerEntry> history(Facts facts, Bookkeeper bookkeeper) {
        Clerk clerk = new Clerk(bookkeeper);
        Booking.Entered opened = clerk.take(Topics.PAYMENT_EVENTS, facts.checkout());
        String command = opened.commands().getFirst().id();
        clerk.take(Topics.CASHIER_RESULTS, facts.after(1).pageOpened(command));
        clerk.take(Topics.PAYMENT_INTERNAL, facts.after(60).approved());
        return clerk.entries;
    }

    /** Writes one payment's ledger. */
    private static final class Clerk {
        private final Bookkeeper bookkeeper;
        private final EventReader reader = new EventReader(WriterSchemas.compiledIn());
        private final List<LedgerEntry> entries = new ArrayList<>();
        private @Nullable PaymentState state;
        private @Nullable ChainHead head;

        Clerk(Bookkeeper bookkeeper) {
            this.bookkeeper = bookkeeper;
        }

        <T extends SpecificRecordBase> Booking.Entered take(Topic<T> topic, T value) {
            byte[] bytes = Codec.of(topic.value()).encode(value);
            Incoming.Fact fact = (Incoming.Fact) reader.read(topic.name(), bytes);
            Booking.Entered entered = (Booking.Entered) bookkeeper.book(state, head, topic.name(), bytes, fact.event());
            state = entered.state();
            head = entered.head();
            entries.add(entered.entry());
            return entered;
        }
    }
}
