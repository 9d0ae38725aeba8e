package dev.intermezzo.schemas;

import dev.intermezzo.schemas.avro.CommandDigest;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The chain that makes the ledger evident: {@code hash = SHA-256(domain tag ‖ length-prefixed fields)}, the previous
 * entry's hash among the fields. Every field of the entry but the hash itself takes part, in the order of the schema, each
 * preceded by its length in bytes (32 bits, big endian); numbers are 64-bit big endian, lists are preceded by their size.
 * The order is fixed per {@code formatVersion}; another order needs another version.
 */
public final class LedgerHash {
    /** Version of the entry's format and of the order of fields below. */
    public static final int FORMAT_VERSION = 1;

    public static final int BYTES = 32;

    private static final byte[] DOMAIN = "intermezzo/ledger-entry/1".getBytes(StandardCharsets.US_ASCII);

    static {
        AvroGuards.install();
    }

    private LedgerHash() {}

    /** What the first entry of a payment names as its predecessor: 32 zero bytes. */
    public static byte[] genesis() {
        return new byte[BYTES];
    }

    /** Hash of the entry; its own {@code hash} field is not read. */
    public static byte[] hash(LedgerEntry entry) {
        MessageDigest digest = Ids.sha256();
        digest.update(DOMAIN);
        number(digest, entry.getFormatVersion());
        text(digest, entry.getPaymentId());
        text(digest, entry.getMerchantId());
        text(digest, entry.getEnvironment().name());
        number(digest, micros(entry.getOccurredAt()));
        number(digest, entry.getSequence());
        number(digest, entry.getDeciderVersion());
        text(digest, entry.getSourceTopic());
        bytes(digest, entry.getEvent());
        text(digest, entry.getVerdict().name());
        text(digest, entry.getVerdictCode());
        bytes(digest, entry.getStateSchema());
        bytes(digest, entry.getStateDigest());
        number(digest, entry.getCommands().size());
        for (CommandDigest command : entry.getCommands()) {
            text(digest, command.getId());
            bytes(digest, command.getDigest());
        }
        bytes(digest, entry.getPreviousHash());
        return digest.digest();
    }

    /** The entry is unchanged since it was written and follows the entry with {@code previousHash}. */
    public static boolean intact(LedgerEntry entry, byte[] previousHash) {
        return MessageDigest.isEqual(array(entry.getPreviousHash()), previousHash)
                && MessageDigest.isEqual(array(entry.getHash()), hash(entry));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static void text(MessageDigest digest, String value) {
        field(digest, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(MessageDigest digest, ByteBuffer value) {
        field(digest, array(value));
    }

    private static void number(MessageDigest digest, long value) {
        field(digest, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static void field(MessageDigest digest, byte[] value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
        digest.update(value);
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
