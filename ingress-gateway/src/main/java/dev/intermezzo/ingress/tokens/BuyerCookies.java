package dev.intermezzo.ingress.tokens;

import dev.intermezzo.runtime.sealing.TokenSealer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One cookie per payment. A checkout is a cross-site POST and brings no Lax cookies along, so it could not add to a common
 * one; with a cookie of its own it need not. Pages prune what they see to the latest {@value #MOST}.
 *
 * <p>The name begins with {@code __Host-}: the browser then takes it only over https, for this host alone and the whole
 * site. An installation on plain http (loopback only) drops the prefix, because browsers refuse it there.
 */
public final class BuyerCookies {

    /** Payments that one browser is remembered for. */
    public static final int MOST = 8;

    private static final int VERSION = 2;
    /** Without the attempt that was shown; a browser may bring one from before the update. */
    private static final int FORMER_VERSION = 1;

    private static final String NAME = "imz-";
    private static final int NAME_BYTES = 8;

    private final TokenSealer sealer;
    private final InstantSource clock;
    private final boolean https;
    private final Pattern names;

    public BuyerCookies(TokenSealer sealer, InstantSource clock, boolean https) {
        this.sealer = sealer;
        this.clock = clock;
        this.https = https;
        this.names = Pattern.compile(prefix() + "[0-9a-f]{" + 2 * NAME_BYTES + "}");
    }

    /**
     * The cookies of one request.
     *
     * @param payments valid ones, the latest first, at most {@value BuyerCookies#MOST}
     * @param prune {@code Set-Cookie} headers that remove the others of ours
     */
    public record Jar(List<BuyerCookie> payments, List<String> prune) {

        public Optional<BuyerCookie> of(String paymentId) {
            return payments.stream()
                    .filter(cookie -> cookie.paymentId().equals(paymentId))
                    .findFirst();
        }
    }

    /** The {@code Set-Cookie} header that keeps this. */
    public String set(BuyerCookie cookie) {
        long seconds =
                Math.max(0, Duration.between(clock.instant(), cookie.expires()).toSeconds());
        return name(cookie.paymentId())
                + '='
                + sealer.seal(TokenPurpose.COOKIE.text(), encoded(cookie))
                + attributes(seconds);
    }

    /** Sorts out a request's cookies. Those that are not ours by name are left alone. */
    public Jar read(Map<String, String> cookies) {
        List<BuyerCookie> valid = new ArrayList<>();
        List<String> prune = new ArrayList<>();
        cookies.forEach((name, value) -> {
            if (names.matcher(name).matches()) {
                opened(name, value).ifPresentOrElse(valid::add, () -> prune.add(removal(name)));
            }
        });
        valid.sort(Comparator.comparing(BuyerCookie::begun).reversed());
        for (BuyerCookie old : valid.subList(Math.min(MOST, valid.size()), valid.size())) {
            prune.add(removal(name(old.paymentId())));
        }
        return new Jar(List.copyOf(valid.subList(0, Math.min(MOST, valid.size()))), List.copyOf(prune));
    }

    /** Name of a payment's cookie. Short, and telling nothing about the order. */
    String name(String paymentId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(paymentId.getBytes(StandardCharsets.UTF_8));
            return prefix() + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String prefix() {
        return https ? "__Host-" + NAME : NAME;
    }

    private String attributes(long maxAgeSeconds) {
        return "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
    }

    private String removal(String name) {
        return name + '=' + attributes(0);
    }

    private Optional<BuyerCookie> opened(String name, String value) {
        return sealer.open(TokenPurpose.COOKIE.text(), value)
                .flatMap(BuyerCookies::decoded)
                // A value moved under another payment's name counts for neither.
                .filter(cookie -> name(cookie.paymentId()).equals(name))
                .filter(cookie -> clock.instant().isBefore(cookie.expires()));
    }

    private static byte[] encoded(BuyerCookie cookie) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(cookie.paymentId());
            out.writeUTF(cookie.merchantId());
            out.writeUTF(cookie.language());
            out.writeUTF(cookie.country());
            out.writeLong(cookie.begun().getEpochSecond());
            out.writeLong(cookie.expires().getEpochSecond());
            out.writeBoolean(cookie.concluded());
            out.writeByte(cookie.shownAttempt());
            out.writeByte(cookie.gaps().size());
            for (RouteGap gap : cookie.gaps()) {
                out.writeUTF(gap.provider());
                out.writeUTF(gap.account());
                out.writeUTF(String.join(",", gap.missing()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Empty for a format that only a newer build knows: after a roll-back such a cookie is as good as none. */
    private static Optional<BuyerCookie> decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION && version != FORMER_VERSION) {
                return Optional.empty();
            }
            String paymentId = in.readUTF();
            String merchantId = in.readUTF();
            String language = in.readUTF();
            String country = in.readUTF();
            Instant begun = Instant.ofEpochSecond(in.readLong());
            Instant expires = Instant.ofEpochSecond(in.readLong());
            boolean concluded = in.readBoolean();
            int shownAttempt = version == FORMER_VERSION ? 0 : in.readByte();
            int count = in.readByte();
            List<RouteGap> gaps = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                gaps.add(new RouteGap(in.readUTF(), in.readUTF(), names(in.readUTF())));
            }
            return Optional.of(new BuyerCookie(
                    paymentId, merchantId, language, country, begun, expires, concluded, shownAttempt, gaps));
        } catch (IOException e) {
            // The bytes are authenticated: this build or another one of ours wrote them.
            throw new UncheckedIOException("a sealed cookie is incomplete", e);
        }
    }

    private static List<String> names(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(",", -1));
    }
}
