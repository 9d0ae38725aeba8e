package dev.intermezzo.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.ledger.LedgerBreak.Code;
import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.avro.CommandDigest;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerVerifierTest {
    private static final String PAYMENT = "demo-shop~11111111-1111-4111-8111-111111111111";
    private static final int DAMAGED = 2;

    private final List<LedgerEntry> entries = new ArrayList<>(LedgerChain.of(PAYMENT, 6));

    @Test
    void an_untouched_chain_is_intact() {
        assertThat(breaks()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void a_changed_field_is_named_at_its_entry_and_nowhere_else(
            String field, UnaryOperator<LedgerEntry> change, List<Code> codes) {
        LedgerEntry original = entries.get(DAMAGED);

        LedgerEntry changed = change.apply(original);
        entries.set(DAMAGED, changed);

        assertThat(changed).as("the change changes something").isNotEqualTo(original);
        assertThat(breaks()).extracting(LedgerBreak::code).containsExactlyElementsOf(codes);
        assertThat(breaks()).allSatisfy(found -> {
            assertThat(found.payment()).isEqualTo(PAYMENT);
            assertThat(found.sequence()).isEqualTo(changed.getSequence());
            assertThat(found.partition()).isEqualTo(1);
            assertThat(found.offset()).isEqualTo(offset(DAMAGED));
        });
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                changed("formatVersion", e -> e.setFormatVersion(2), Code.HASH_MISMATCH, Code.UNKNOWN_FORMAT),
                changed("paymentId", e -> e.setPaymentId("other"), Code.HASH_MISMATCH, Code.KEY_MISMATCH),
                changed("merchantId", e -> e.setMerchantId("demo-shoq"), Code.HASH_MISMATCH),
                changed("environment", e -> e.setEnvironment(Environment.PRODUCTION), Code.HASH_MISMATCH),
                changed("occurredAt", e -> e.setOccurredAt(e.getOccurredAt().plusNanos(1_000)), Code.HASH_MISMATCH),
                changed("sequence", e -> e.setSequence(9), Code.HASH_MISMATCH),
                changed("deciderVersion", e -> e.setDeciderVersion(2), Code.HASH_MISMATCH),
                changed("sourceTopic", e -> e.setSourceTopic("operator-acts"), Code.HASH_MISMATCH),
                changed("event", e -> e.setEvent(flipped(e.getEvent())), Code.HASH_MISMATCH),
                changed("verdict", e -> e.setVerdict(Verdict.NOTED), Code.HASH_MISMATCH),
                changed("verdictCode", e -> e.setVerdictCode("x"), Code.HASH_MISMATCH),
                changed("stateSchema", e -> e.setStateSchema(flipped(e.getStateSchema())), Code.HASH_MISMATCH),
                changed("stateDigest", e -> e.setStateDigest(flipped(e.getStateDigest())), Code.HASH_MISMATCH),
                changed("commands", e -> e.setCommands(List.of()), Code.HASH_MISMATCH),
                changed(
                        "a command's digest",
                        e -> e.setCommands(e.getCommands().stream()
                                .map(c -> new CommandDigest(c.getId(), flipped(c.getDigest())))
                                .toList()),
                        Code.HASH_MISMATCH),
                changed("previousHash", e -> e.setPreviousHash(flipped(e.getPreviousHash())), Code.HASH_MISMATCH),
                changed("hash", e -> e.setHash(flipped(e.getHash())), Code.HASH_MISMATCH));
    }

    @Test
    void a_changed_entry_that_was_hashed_anew_breaks_the_chain_after_it() {
        entries.set(
                DAMAGED,
                LedgerChain.sealed(LedgerEntry.newBuilder(entries.get(DAMAGED))
                        .setVerdict(Verdict.REFUSED)
                        .build()));

        assertThat(breaks()).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(Code.PREVIOUS_HASH_MISMATCH);
            assertThat(found.sequence()).isEqualTo(DAMAGED + 2);
        });
    }

    @Test
    void a_dropped_entry_is_named_at_the_one_after_it() {
        entries.remove(DAMAGED);

        assertThat(breaks()).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(Code.SEQUENCE_GAP);
            assertThat(found.sequence()).isEqualTo(DAMAGED + 2);
        });
    }

    @Test
    void a_dropped_first_entry_is_named() {
        entries.removeFirst();

        assertThat(breaks()).extracting(LedgerBreak::code).containsExactly(Code.SEQUENCE_GAP);
    }

    @Test
    void swapped_entries_are_both_named() {
        Collections.swap(entries, DAMAGED, DAMAGED + 1);

        assertThat(breaks()).extracting(LedgerBreak::code).containsExactly(Code.SEQUENCE_GAP, Code.OUT_OF_ORDER);
        assertThat(breaks()).extracting(LedgerBreak::offset).containsExactly(offset(DAMAGED), offset(DAMAGED + 1));
    }

    @Test
    void a_repeated_entry_is_named() {
        entries.add(DAMAGED + 1, entries.get(DAMAGED));

        assertThat(breaks()).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(Code.REPEATED);
            assertThat(found.offset()).isEqualTo(offset(DAMAGED + 1));
        });
    }

    @Test
    void an_entry_slipped_in_is_named_and_the_genuine_ones_are_not() {
        LedgerEntry forged = LedgerEntry.newBuilder(entries.get(DAMAGED))
                .setVerdict(Verdict.REFUSED)
                .build();
        entries.add(DAMAGED, forged);

        assertThat(breaks()).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(Code.HASH_MISMATCH);
            assertThat(found.offset()).isEqualTo(offset(DAMAGED));
        });
    }

    @Test
    void an_unreadable_value_is_named_and_the_chain_goes_on_after_it() {
        LedgerVerifier verifier = new LedgerVerifier(PAYMENT);
        verifier.accept(position(0), entries.get(0));

        LedgerBreak found = verifier.unreadable(position(1));

        assertThat(found.code()).isEqualTo(Code.UNREADABLE);
        assertThat(found.sequence()).isEqualTo(2);
        assertThat(verifier.accept(position(2), entries.get(2))).isEmpty();
        assertThat(verifier.accept(position(3), entries.get(3))).isEmpty();
    }

    private List<LedgerBreak> breaks() {
        LedgerVerifier verifier = new LedgerVerifier(PAYMENT);
        List<LedgerBreak> breaks = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            breaks.addAll(verifier.accept(position(i), entries.get(i)));
        }
        return breaks;
    }

    private static LedgerPosition position(int index) {
        return new LedgerPosition(PAYMENT, 1, offset(index));
    }

    private static long offset(int index) {
        return 100 + 2L * index;
    }

    private static Arguments changed(String field, UnaryOperator<LedgerEntry.Builder> change, Code... codes) {
        UnaryOperator<LedgerEntry> whole =
                entry -> change.apply(LedgerEntry.newBuilder(entry)).build();
        return Arguments.of(field, whole, List.of(codes));
    }

    private static ByteBuffer flipped(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        copy[copy.length / 2] ^= 1;
        return ByteBuffer.wrap(copy);
    }

    @Test
    void the_genesis_hash_precedes_only_the_first_entry() {
        assertThat(entries.getFirst().getPreviousHash()).isEqualTo(ByteBuffer.wrap(LedgerHash.genesis()));
        assertThat(entries.get(1).getPreviousHash())
                .isEqualTo(entries.getFirst().getHash());
    }
}
