package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.CommandDigest;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerHashTest {
    @Test
    void an_entry_that_follows_its_predecessor_is_intact() {
        LedgerEntry entry = sealed(entry().build());

        assertThat(LedgerHash.intact(entry, LedgerHash.genesis())).isTrue();
        assertThat(LedgerHash.intact(entry, LedgerHash.hash(entry)))
                .as("another predecessor")
                .isFalse();
    }

    /** The bytes that are hashed are a published format: this value may never change for format version 1. */
    @Test
    void the_hash_of_format_version_1_is_fixed() {
        assertThat(HexFormat.of().formatHex(LedgerHash.hash(entry().build())))
                .isEqualTo("59669c2698a4055ab04af9f3f005cc59ceedaea3f3eb34d5dc43a12b584b26eb");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void every_field_takes_part(Change change) {
        LedgerEntry.Builder changed = entry();
        change.apply.accept(changed);

        assertThat(LedgerHash.hash(changed.build())).isNotEqualTo(LedgerHash.hash(entry().build()));
    }

    @Test
    void every_field_is_in_the_table_above() {
        assertThat(changes().map(Change::field))
                .containsExactlyInAnyOrderElementsOf(LedgerEntry.getClassSchema().getFields().stream()
                        .map(Field::name)
                        .filter(name -> !name.equals("hash"))
                        .toList());
    }

    record Change(String field, Consumer<LedgerEntry.Builder> apply) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change("formatVersion", e -> e.setFormatVersion(2)),
                new Change("paymentId", e -> e.setPaymentId("shop~other")),
                new Change("merchantId", e -> e.setMerchantId("other")),
                new Change("environment", e -> e.setEnvironment(Environment.PRODUCTION)),
                new Change("occurredAt", e -> e.setOccurredAt(Instant.ofEpochSecond(0, 1000))),
                new Change("sequence", e -> e.setSequence(2)),
                new Change("deciderVersion", e -> e.setDeciderVersion(2)),
                new Change("sourceTopic", e -> e.setSourceTopic("cashier-results")),
                new Change("event", e -> e.setEvent(bytes("other"))),
                new Change("verdict", e -> e.setVerdict(Verdict.NOTED)),
                new Change("verdictCode", e -> e.setVerdictCode("other")),
                new Change("stateSchema", e -> e.setStateSchema(bytes("other"))),
                new Change("stateDigest", e -> e.setStateDigest(bytes("other"))),
                new Change("commands", e -> e.setCommands(List.of())),
                new Change("previousHash", e -> e.setPreviousHash(bytes("other"))));
    }

    private static LedgerEntry sealed(LedgerEntry entry) {
        return LedgerEntry.newBuilder(entry)
                .setHash(ByteBuffer.wrap(LedgerHash.hash(entry)))
                .build();
    }

    private static LedgerEntry.Builder entry() {
        return LedgerEntry.newBuilder()
                .setFormatVersion(LedgerHash.FORMAT_VERSION)
                .setPaymentId("shop~order")
                .setMerchantId("merchant")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setSequence(1)
                .setDeciderVersion(1)
                .setSourceTopic("payment-events")
                .setEvent(bytes("event"))
                .setVerdict(Verdict.APPLIED)
                .setVerdictCode("")
                .setStateSchema(bytes("schema"))
                .setStateDigest(bytes("digest"))
                .setCommands(List.of(new CommandDigest("shop~order#1.1", bytes("command"))))
                .setPreviousHash(ByteBuffer.wrap(LedgerHash.genesis()))
                .setHash(bytes(""));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
