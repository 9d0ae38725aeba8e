package dev.intermezzo.cli.acts;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What the state machine said of an act, as the ledger tells it. */
public final class Rulings {
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final KafkaConnection connection;
    private final Codec<LedgerEntry> entries = Codec.of(LedgerEntry.class);
    private final Codec<OperatorAct> acts = Codec.of(OperatorAct.class);

    public Rulings(KafkaConnection connection) {
        connection.requireTopic(connection.settings().topic(Topics.PAYMENT_LEDGER));
        this.connection = connection;
    }

    /**
     * @param applied it took effect
     * @param code why it took none; empty when it did: the ledger gives reasons for what took no effect only
     */
    public record Ruling(boolean applied, String code) {}

    /** Waits at most 15 s; empty when nothing has been decided by then. */
    public Optional<Ruling> await(OperatorAct act) {
        long deadline = System.nanoTime() + DECIDED_WITHIN.toNanos();
        Optional<Ruling> ruling = Optional.empty();
        while (ruling.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            ruling = on(act);
        }
        return ruling;
    }

    private Optional<Ruling> on(OperatorAct act) {
        List<Ruling> found = new ArrayList<>();
        new TopicScan(connection.settings(), Topics.PAYMENT_LEDGER).whereKeyIs(act.getPaymentId(), record -> {
            if (act.getPaymentId().equals(record.key())) {
                LedgerEntry entry = entries.decode(record.value(), connection.schemas());
                if (isAbout(entry, act)) {
                    found.add(new Ruling(entry.getVerdict() == Verdict.APPLIED, entry.getVerdictCode()));
                }
            }
        });
        return found.stream().findFirst();
    }

    private boolean isAbout(LedgerEntry entry, OperatorAct act) {
        return entry.getSourceTopic().equals(Topics.OPERATOR_ACTS.name())
                && acts.decode(bytes(entry.getEvent()), connection.schemas())
                        .getId()
                        .equals(act.getId());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
