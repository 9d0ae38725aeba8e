package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.orchestrator.cashier.ClaimIndex.Found;
import dev.intermezzo.orchestrator.cashier.ClaimIndex.Place;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.PayOutLimits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every committed claim, in the order of the log: which command was claimed, by which record first, and whether its outcome
 * was reported.
 *
 * <p>All claims of one command lie in one partition, because they have one key. So every executor, whatever its group,
 * finds the same first one: that is what makes two of them who claim at the same moment agree. The whole topic is read; a
 * claim takes some 200 bytes of memory for as long as the topic keeps it (400 days).
 */
final class ClaimBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimBook.class);

    private final Codec<ExecutionClaim> codec = Codec.of(ExecutionClaim.class);
    private final ClaimIndex index = new ClaimIndex();
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private final WriterSchemas schemas;
    private final TopicTail tail;
    private final ClaimsEnd end;

    ClaimBook(KafkaSettings kafka, WriterSchemas schemas) {
        this.schemas = schemas;
        this.end = new ClaimsEnd(kafka);
        this.tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "once-claims"),
                kafka.topic(Topics.ONCE_CLAIMS),
                TopicTail.From.BEGINNING,
                this::receive);
    }

    /** Registers how many records were passed over. */
    void measure(MeterRegistry meters, String stage) {
        tail.measure(meters, stage, Topics.ONCE_CLAIMS.name());
    }

    void start() {
        tail.start();
    }

    /** Everything that was there at the start has been read. */
    boolean ready() {
        return tail.caughtUp();
    }

    /** Everything committed before these positions has been read. */
    boolean readUpTo(Map<TopicPartition, Long> positions) {
        return tail.readUpTo(positions);
    }

    boolean knows(String commandId) {
        return index.knows(commandId);
    }

    /** Claims whose outcome nobody has reported yet. */
    List<ExecutionClaim> unreported() {
        return index.unreported();
    }

    /** What the day's limit says of a command that nobody has claimed, as far as this executor knows. */
    OnceDecision.Spending spendingWith(CashierCommand command, Instant at, @Nullable PayOutLimits limits) {
        return index.spendingWith(command, at, limits);
    }

    /**
     * What the day's limit says of a claim that has been read back. All claims are read first that could be read when this was
     * called: only so do two executors that claim at the same time not both find the limit free.
     */
    OnceDecision.Spending spending(ExecutionClaim claim, @Nullable PayOutLimits limits, Duration atMost) {
        return limits == null || end.reached(tail, atMost)
                ? index.spending(claim, limits)
                : OnceDecision.Spending.NOT_SEEN;
    }

    /** To be called before a claim is written, so that its arrival cannot be missed. */
    void expect(String commandId) {
        awaited.put(commandId, new CompletableFuture<>());
    }

    /** The claim could not be written. */
    void expectNoMore(String commandId) {
        awaited.remove(commandId);
    }

    /**
     * Waits until the log has been read up to a claim of this command, and says whether the first one is the one at this
     * position.
     */
    OnceDecision.Standing standing(String commandId, int partition, long offset, Duration atMost) {
        CompletableFuture<Void> arrival = Objects.requireNonNull(awaited.get(commandId), "expect() comes first");
        try {
            arrival.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return index.standing(commandId, new Place(partition, offset));
        } catch (TimeoutException e) {
            return OnceDecision.Standing.NOT_SEEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OnceDecision.Standing.NOT_SEEN;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an arrival does not fail", e);
        } finally {
            awaited.remove(commandId);
        }
    }

    @Override
    public void close() {
        tail.close();
        end.close();
    }

    private void receive(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        String commandId = record.key();
        Place place = new Place(record.partition(), record.offset());
        Found found = index.take(commandId, place, () -> decoded(record));
        CompletableFuture<Void> arrival = awaited.get(commandId);
        if (arrival != null) {
            arrival.complete(null);
        }
        if (found == Found.SECOND_CLAIM && tail.caughtUp()) {
            ExecutionClaim claim = decoded(record);
            LOG.atError()
                    .addKeyValue("command", commandId)
                    .addKeyValue("payment", claim.getPaymentId())
                    .addKeyValue("merchant", claim.getMerchantId())
                    .addKeyValue("executor", claim.getExecutor())
                    .log("a command that moves money was claimed a second time; only the first claim may be executed");
        }
    }

    private ExecutionClaim decoded(ConsumerRecord<String, byte[]> record) {
        try {
            return codec.decode(record.value(), schemas);
        } catch (UndecodableException e) {
            throw new IllegalStateException("the claim of " + record.key() + " cannot be read", e);
        }
    }
}
