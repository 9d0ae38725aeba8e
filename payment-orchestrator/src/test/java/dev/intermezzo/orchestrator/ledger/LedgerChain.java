package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.avro.CommandDigest;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Well-chained entries whose content means nothing, for tests of the chain alone. */
final class LedgerChain {
    private LedgerChain() {}

    static List<LedgerEntry> of(String payment, int length) {
        List<LedgerEntry> chain = new ArrayList<>();
        ByteBuffer previous = ByteBuffer.wrap(LedgerHash.genesis());
        for (int sequence = 1; sequence <= length; sequence++) {
            LedgerEntry entry = sealed(LedgerEntry.newBuilder()
                    .setFormatVersion(LedgerHash.FORMAT_VERSION)
                    .setPaymentId(payment)
                    .setMerchantId("demo-shop")
                    .setEnvironment(Environment.SANDBOX)
                    .setOccurredAt(Instant.parse("2026-03-01T10:00:00Z").plusSeconds(sequence))
                    .setSequence(sequence)
                    .setDeciderVersion(1)
                    .setSourceTopic("payment-events")
                    .setEvent(bytes(sequence, 40))
                    .setVerdict(Verdict.APPLIED)
                    .setVerdictCode("")
                    .setStateSchema(bytes(3, 8))
                    .setStateDigest(bytes(sequence + 50, 32))
                    .setCommands(List.of(new CommandDigest(payment + "#" + sequence + ".1", bytes(sequence + 90, 32))))
                    .setPreviousHash(previous)
                    .setHash(ByteBuffer.allocate(0))
                    .build());
            chain.add(entry);
            previous = entry.getHash();
        }
        return chain;
    }

    /** The same entry with the hash that belongs to it. */
    static LedgerEntry sealed(LedgerEntry entry) {
        return LedgerEntry.newBuilder(entry)
                .setHash(ByteBuffer.wrap(LedgerHash.hash(entry)))
                .build();
    }

    private static ByteBuffer bytes(int fill, int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) fill);
        return ByteBuffer.wrap(bytes);
    }
}
