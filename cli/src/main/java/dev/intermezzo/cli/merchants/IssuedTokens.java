package dev.intermezzo.cli.merchants;

import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The webhook tokens of an account that {@code accounts webhook-url} issued, as distinct from those of a merchants file.
 * Each is a secret of its own purpose beside the others, which holds the token's digest: the token itself is shown once
 * and kept nowhere. The digest stands among the account's valid ones as well, where the edge looks.
 */
final class IssuedTokens {
    static final String PURPOSE = "webhook-token";

    /** For the address in use, its successor, and mishaps; each one is a key to the account. */
    static final int MOST = 8;

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private IssuedTokens() {}

    /** The marks of the issued tokens among an account's secrets. */
    static List<SealedSecret> of(List<SealedSecret> secrets) {
        return secrets.stream()
                .filter(secret -> secret.getPurpose().equals(PURPOSE))
                .toList();
    }

    /** A new mark. Its id tells when it was issued and how the digest begins. */
    static SealedSecret mark(SecretSealer sealer, String owner, ByteBuffer digest, Instant now) {
        return sealer.seal(owner, PURPOSE, DAY_AND_TIME.format(now) + "-" + fingerprint(digest), bytes(digest));
    }

    /** The digest that a mark stands for. */
    static ByteBuffer digest(SecretSealer sealer, String owner, SealedSecret mark) {
        return ByteBuffer.wrap(sealer.open(owner, mark));
    }

    /** How a token is named without being told: the beginning of its SHA-256. */
    static String fingerprint(ByteBuffer digest) {
        return HexFormat.of().formatHex(bytes(digest), 0, 4);
    }

    /** The account with these tokens taken out of its valid ones. */
    static CashierAccount without(CashierAccount account, SealedSecret mark, ByteBuffer digest) {
        List<SealedSecret> secrets = new ArrayList<>(account.getSecrets());
        secrets.remove(mark);
        List<ByteBuffer> digests = new ArrayList<>(account.getWebhookTokenDigests());
        digests.remove(digest);
        return CashierAccount.newBuilder(account)
                .setSecrets(secrets)
                .setWebhookTokenDigests(digests)
                .build();
    }

    /** The account with one more valid token. */
    static CashierAccount with(CashierAccount account, SealedSecret mark, ByteBuffer digest) {
        List<SealedSecret> secrets = new ArrayList<>(account.getSecrets());
        secrets.add(mark);
        List<ByteBuffer> digests = new ArrayList<>(account.getWebhookTokenDigests());
        digests.add(digest);
        return CashierAccount.newBuilder(account)
                .setSecrets(secrets)
                .setWebhookTokenDigests(digests)
                .build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
