package dev.intermezzo.simulator.check;

import dev.intermezzo.orchestrator.auditor.Breach;
import dev.intermezzo.orchestrator.auditor.LedgerWatch;
import dev.intermezzo.orchestrator.ledger.AuditReport;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.Incoming;
import dev.intermezzo.orchestrator.ledger.LedgerAudit;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.Partition;
import dev.intermezzo.simulator.log.SimulatedLog;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecordBase;

/** Everything that the pipeline wrote, read once at the end. */
final class Emitted {

    /** An entry of the ledger with the id of its event. */
    record Booked(String event, LedgerEntry entry, Instant at) {}

    private final SimulatedLog log;
    private final String prefix;
    private final EventReader events = new EventReader(WriterSchemas.compiledIn());
    private final Map<String, List<Booked>> ledger = new HashMap<>();
    private final Map<String, List<NotificationRequest>> requests = new HashMap<>();
    private final Map<String, List<NotificationEnded>> ends = new HashMap<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final AuditReport audit;

    Emitted(SimulatedLog log, String prefix) {
        this.log = log;
        this.prefix = prefix;
        LedgerAudit auditing = new LedgerAudit(WriterSchemas.compiledIn());
        LedgerWatch auditor = new LedgerWatch(WriterSchemas.compiledIn());
        read(Topics.PAYMENT_LEDGER, (entry, booked) -> {
            LedgerPosition position = new LedgerPosition(entry.keyRead(), entry.partition(), entry.offset());
            auditing.accept(position, booked);
            breaches.addAll(auditor.accept(position, booked));
            String event = idOf(booked.getSourceTopic(), bytes(booked.getEvent()));
            taken.add(event);
            add(ledger, booked.getPaymentId(), new Booked(event, booked, entry.timestamp()));
        });
        audit = auditing.finish();
        read(Topics.NOTIFICATION_REQUESTS, (entry, request) -> add(requests, request.getPaymentId(), request));
        read(Topics.PAYMENT_INTERNAL, this::ended);
        read(Topics.DEAD_LETTERS, (entry, letter) -> {
            letters.add(letter);
            taken.add(idOf(letter.getSourceTopic(), bytes(letter.getSealedOriginal())));
        });
    }

    /** The payment's entries in their order. */
    List<Booked> ledger(String payment) {
        return ledger.getOrDefault(payment, List.of());
    }

    Set<String> payments() {
        return ledger.keySet();
    }

    List<NotificationRequest> requests(String payment) {
        return requests.getOrDefault(payment, List.of());
    }

    List<NotificationEnded> ends(String payment) {
        return ends.getOrDefault(payment, List.of());
    }

    List<DeadLetter> letters() {
        return letters;
    }

    /** The fact is in the ledger or among the dead letters. */
    boolean took(String event) {
        return taken.contains(event);
    }

    AuditReport audit() {
        return audit;
    }

    /** What the auditor found. */
    List<Breach> breaches() {
        return breaches;
    }

    private void ended(Entry entry, InternalEvent event) {
        if (event.getBody() instanceof NotificationEnded ended) {
            add(ends, event.getPaymentId(), ended);
        }
    }

    /** Sealing changes nothing in the simulator, so that a letter's original can be read here. */
    private String idOf(String topic, byte[] bytes) {
        if (topic.equals(Topics.WEBHOOK_INBOX.name())) {
            return Codec.of(InboxWebhook.class)
                    .decode(bytes, WriterSchemas.compiledIn())
                    .getId();
        }
        return events.read(topic, bytes) instanceof Incoming.Fact fact
                ? fact.event().id()
                : "";
    }

    private <T extends SpecificRecordBase> void read(Topic<T> topic, BiConsumer<Entry, T> reader) {
        Codec<T> codec = Codec.of(topic.value());
        for (Partition partition : log.partitions(topic.in(prefix))) {
            for (Entry entry : partition.committed()) {
                reader.accept(entry, codec.decode(entry.valueRead(), WriterSchemas.compiledIn()));
            }
        }
    }

    private static <T> void add(Map<String, List<T>> to, String payment, T value) {
        to.computeIfAbsent(payment, first -> new ArrayList<>()).add(value);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
