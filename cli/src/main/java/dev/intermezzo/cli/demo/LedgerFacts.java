package dev.intermezzo.cli.demo;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.LedgerFold;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.CaseKind;
import dev.intermezzo.orchestrator.payment.Message;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.sandbox.check.PipelineFacts;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What only the pipeline can know, read where it is written: the ledger. Entries are kept as they come and folded when
 * somebody asks, so that the demonstration does not measure its own looking. Holds every payment in memory.
 */
final class LedgerFacts implements PipelineFacts, AutoCloseable {
    private static final Duration CAUGHT_UP = Duration.ofSeconds(30);

    private final Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);
    private final SchemaTopic schemas;
    private final EventReader events;
    private final TopicTail tail;
    private final Queue<byte[]> unread = new ConcurrentLinkedQueue<>();
    private final Map<String, LedgerFold> payments = new HashMap<>();

    LedgerFacts(KafkaSettings kafka) {
        this.schemas = new SchemaTopic(kafka);
        this.events = new EventReader(schemas);
        this.tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "demo-ledger"),
                kafka.topic(Topics.PAYMENT_LEDGER),
                TopicTail.From.BEGINNING,
                this::receive);
    }

    void start() throws InterruptedException {
        schemas.start();
        tail.start();
        tail.awaitCaughtUp(CAUGHT_UP);
    }

    @Override
    public synchronized Set<String> parkedOrders() {
        Set<String> parked = new HashSet<>();
        live().forEach((order, payment) -> {
            List<Message> told = payment.dossier().messages();
            if (!told.isEmpty() && told.getLast().end() == NotificationEnd.PARKED) {
                parked.add(order);
            }
        });
        return parked;
    }

    @Override
    public synchronized Map<String, Set<String>> openCases() {
        Map<String, Set<String>> open = new HashMap<>();
        live().forEach((order, payment) -> payment.dossier().cases().stream()
                .filter(Case::open)
                .forEach(found ->
                        open.computeIfAbsent(order, unseen -> new HashSet<>()).add(name(found.kind()))));
        return open;
    }

    @Override
    public void close() {
        tail.close();
        schemas.close();
    }

    private void receive(ConsumerRecord<String, byte[]> record) {
        unread.add(record.value());
    }

    private void fold() {
        for (byte[] value = unread.poll(); value != null; value = unread.poll()) {
            LedgerEntry entry = codec.decode(value, schemas);
            payments.computeIfAbsent(entry.getPaymentId(), unseen -> new LedgerFold(events, new Bookkeeper()))
                    .accept(entry);
        }
    }

    private Map<String, PaymentState.Live> live() {
        fold();
        Map<String, PaymentState.Live> live = new HashMap<>();
        payments.forEach((payment, fold) -> {
            if (fold.state() instanceof PaymentState.Live state) {
                live.put(payment.substring(payment.indexOf('~') + 1), state);
            }
        });
        return live;
    }

    /** Names as the rules of money have them. */
    private static String name(CaseKind kind) {
        return switch (kind) {
            case SURPLUS_PAYMENT -> "SurplusPayment";
            case ORPHAN_PAYMENT -> "OrphanPayment";
            case REVERSAL -> "Reversal";
            case SHOP_DISAGREES -> "ShopDisagrees";
            case UNDER_REVIEW -> "UnderReview";
        };
    }
}
