package dev.intermezzo.ingress.tokens;

import dev.intermezzo.runtime.sealing.TokenSealer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes and reads the sealed part of page addresses. Whoever has the address learns nothing from its letters. */
public final class PageTokens {

    /** Longest token that is looked at; ours are under 300 letters. */
    private static final int LONGEST = 600;

    private static final int VERSION = 1;

    private final TokenSealer sealer;
    private final InstantSource clock;

    public PageTokens(TokenSealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /** The token's text, safe in a URL path. */
    public String seal(TokenPurpose purpose, PayToken token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(token.expires().getEpochSecond());
            out.writeUTF(token.paymentId());
            out.writeUTF(token.language());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return sealer.seal(purpose.text(), bytes.toByteArray());
    }

    public TokenReading read(TokenPurpose purpose, String text) {
        if (text.length() > LONGEST) {
            return new TokenReading.Invalid();
        }
        Optional<byte[]> opened = sealer.open(purpose.text(), text);
        if (opened.isEmpty()) {
            return new TokenReading.Invalid();
        }
        Optional<PayToken> token = decoded(opened.get());
        if (token.isEmpty()) {
            return new TokenReading.Invalid();
        }
        return clock.instant().isBefore(token.get().expires())
                ? new TokenReading.Valid(token.get())
                : new TokenReading.Expired();
    }

    /** When a token made now should end, if it is to live at least so long. */
    public Instant expiryIn(Duration life) {
        return clock.instant().plus(life).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Empty for a format that only a newer build knows: after a roll-back such a token is as good as none. */
    private static Optional<PayToken> decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            Instant expires = Instant.ofEpochSecond(in.readLong());
            return Optional.of(new PayToken(in.readUTF(), in.readUTF(), expires));
        } catch (IOException e) {
            // The bytes are authenticated: this build or another one of ours wrote them.
            throw new UncheckedIOException("a sealed token is incomplete", e);
        }
    }
}
