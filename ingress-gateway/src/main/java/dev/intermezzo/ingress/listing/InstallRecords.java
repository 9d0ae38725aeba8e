package dev.intermezzo.ingress.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.ConnectionMarks;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Makes durable what an install or a settings webhook says: a mark that its connection is installed, or a dead letter that
 * waits for an operator. Both derive from what came, and carry the SHA-256 of its body (payments.md, section 1), so that a
 * webhook that comes again writes the same again, or nothing.
 */
public final class InstallRecords {

    private static final String STAGE = "ingress";
    private static final int MOST_REMEMBERED = 10_000;

    private final TypedProducer<MerchantRecord> merchants;
    private final TypedProducer<DeadLetter> letters;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    /** Webhooks that are durable already, by event and body. */
    private final Cache<String, Boolean> kept =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    public InstallRecords(
            TypedProducer<MerchantRecord> merchants,
            TypedProducer<DeadLetter> letters,
            DeadLetters deadLetters,
            InstantSource clock) {
        this.merchants = merchants;
        this.letters = letters;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Marks a connection as installed, by this webhook; false when that is not durable in time. */
    boolean install(byte[] body, Versioned<Integration> connection, String event, Deadline deadline) {
        String name = name(event, body);
        MerchantRecord mark = ConnectionMarks.mark(
                ConnectionMarks.installed(connection.id()), connection.environment(), clock.instant(), name);
        return remembered(
                name, deadline.await(apart(() -> merchants.send(Topics.MERCHANTS, MerchantKeys.key(mark), mark))));
    }

    /**
     * Keeps a webhook of a connection that is installed already: its mark names this webhook from now on, and says nothing
     * else than before. The same body is kept once as far as this process remembers. False when that is not durable in time.
     */
    boolean keep(byte[] body, Versioned<Integration> connection, String event, Deadline deadline) {
        return kept.getIfPresent(name(event, body)) != null || install(body, connection, event, deadline);
    }

    /**
     * Puts a webhook aside for an operator, sealed to the vault; false when that is not durable in time. The same body is
     * put aside once as far as this process remembers, and always under the same id.
     *
     * @param code stable
     */
    boolean bury(byte[] body, String event, String code, String reason, Deadline deadline) {
        String name = name(event, body);
        if (kept.getIfPresent(name) != null) {
            return true;
        }
        DeadLetters.Position position = new DeadLetters.Position(name, 0, 0);
        DeadLetter letter = deadLetters.of(STAGE, position, name, body, code, reason);
        return remembered(name, deadline.await(apart(() -> deadLetters.publish(letters, letter))));
    }

    private boolean remembered(String name, boolean durable) {
        if (durable) {
            kept.put(name, true);
        }
        return durable;
    }

    private static String name(String event, byte[] body) {
        return event + "-webhook~" + HexFormat.of().formatHex(sha256(body));
    }

    /** A send may wait for metadata or room; the caller waits for its deadline only. */
    private static CompletableFuture<Boolean> apart(Supplier<? extends CompletableFuture<?>> send) {
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            var unused = send.get().whenComplete((metadata, failure) -> {
                if (failure == null) {
                    sent.complete(true);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        });
        return sent;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
