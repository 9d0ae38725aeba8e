package dev.intermezzo.cli.deadletters;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;

/** A letter's original value, opened. */
final class Original {
    /** Enough to recognise what it is; the rest is counted. */
    private static final int SHOWN_BYTES = 256;

    private final byte[] bytes;

    private Original(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Opens letters with the vault's private key, which no stage holds.
     *
     * @throws CommandFailure {@code keys-missing} when the folder does not hold it
     */
    static Vault vault(Path keys) {
        try {
            return new Vault(SealingKeys.load(keys, EnumSet.of(Keyset.VAULT_PRIVATE)));
        } catch (SealingException e) {
            throw new CommandFailure(
                    "keys-missing",
                    e.getMessage() + " Dead letters are sealed to the vault: name a keys folder that holds "
                            + Keyset.VAULT_PRIVATE.fileName() + " with --keys.",
                    e);
        }
    }

    /** @throws CommandFailure {@code letter-not-opened} when it was sealed for another installation's vault */
    static Original of(DeadLetter letter, Vault vault) {
        byte[] sealed = new byte[letter.getSealedOriginal().remaining()];
        letter.getSealedOriginal().duplicate().get(sealed);
        try {
            return new Original(vault.open(letter.getId(), sealed));
        } catch (SealingException e) {
            throw new CommandFailure(
                    "letter-not-opened", "The letter was sealed to another vault than these keys open.", e);
        }
    }

    /** As it lay on the source topic; empty for a record without a value. */
    byte[] bytes() {
        return bytes.clone();
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** As a record of its topic, what is sealed inside still sealed; otherwise its first bytes in hexadecimal. */
    String text(Optional<Topic<?>> topic, WriterSchemas schemas) {
        return topic.flatMap(source -> decoded(source, schemas)).orElseGet(this::hexadecimal);
    }

    private Optional<String> decoded(Topic<?> topic, WriterSchemas schemas) {
        try {
            return Optional.of(Codec.of(topic.value()).decode(bytes, schemas).toString());
        } catch (UndecodableException | UnknownSchemaException e) {
            return Optional.empty();
        }
    }

    private String hexadecimal() {
        String shown = HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES)));
        return bytes.length <= SHOWN_BYTES ? shown : shown + "… " + (bytes.length - SHOWN_BYTES) + " bytes more";
    }
}
