package dev.intermezzo.cli.demo;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.LedgerFold;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.CaseKind;
import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.orchestrator.payment.Message;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Reason;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.RefundStatus;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.sandbox.check.PipelineFacts;
import dev.intermezzo.sandbox.check.RefundOutcome;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What only the pipeline can know, read where it is written: the ledger. Entries are kept as they come and folded when
 * somebody asks, so that the demonstration does not measure its own looking. Holds every payment in memory.
 */
public final class LedgerFacts implements PipelineFacts, AutoCloseable {
    private static final Duration CAUGHT_UP = Duration.ofSeconds(30);

    private final Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);
    private final SchemaTopic schemas;
    private final EventReader events;
    private final TopicTail tail;
    private final Queue<byte[]> unread = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Long> last = new ConcurrentHashMap<>();
    private final Map<String, LedgerFold> payments = new HashMap<>();

    public LedgerFacts(KafkaSettings kafka) {
        this.schemas = new SchemaTopic(kafka);
        this.events = new EventReader(schemas);
        this.tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "demo-ledger"),
                kafka.topic(Topics.PAYMENT_LEDGER),
                TopicTail.From.BEGINNING,
                this::receive);
    }

    /** Returns when what is in the ledger now has been read. */
    public void start() throws InterruptedException {
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
        return openCases(Case::open);
    }

    /**
     * The same facts for a run in which processes die. They leave out the cases that doubt a refund: whoever orders refunds
     * judges those by themselves. And those of a status that the approval overtook: with one webhook in an edge's spool and
     * the next at another edge nobody promises which is read first, and people look at it.
     */
    public PipelineFacts whileProcessesDie() {
        return new PipelineFacts() {
            @Override
            public Set<String> parkedOrders() {
                return LedgerFacts.this.parkedOrders();
            }

            @Override
            public Map<String, Set<String>> openCases() {
                return LedgerFacts.this.openCases(
                        found -> found.open() && !doubtsRefund(found) && !isOvertakenStatus(found));
            }
        };
    }

    /**
     * Where the refunds of payments stand, by the ledger's word. One that the ledger never heard of stands open.
     *
     * @param emails of the buyers, by {@code order_uuid}; each of these payments was to have one refund
     */
    public synchronized List<RefundOutcome> refunds(Map<String, String> emails) {
        Map<String, PaymentState.Live> live = live();
        return emails.entrySet().stream()
                .map(order -> refund(order.getKey(), order.getValue(), live.get(order.getKey())))
                .toList();
    }

    private static RefundOutcome refund(String order, String email, PaymentState.@Nullable Live payment) {
        if (payment == null || payment.dossier().refunds().isEmpty()) {
            return new RefundOutcome(order, email, RefundOutcome.Word.OPEN, false);
        }
        Refund refund = payment.dossier().refunds().getLast();
        boolean doubted = payment.dossier().cases().stream()
                .anyMatch(found -> found.open() && found.attempt() == refund.number());
        return new RefundOutcome(order, email, word(refund.status()), doubted);
    }

    /**
     * Where pay-outs that belong to no payment stand, by the ledger's word. One that the ledger never heard of stands open.
     *
     * @param ids as the merchant API names them
     */
    public synchronized Map<String, RefundOutcome.Word> payOuts(Collection<String> ids) {
        fold();
        Map<String, RefundOutcome.Word> words = new HashMap<>();
        for (String id : ids) {
            LedgerFold fold = payments.get(id);
            words.put(
                    id,
                    fold != null && fold.state() instanceof PaymentState.FreePayOut payOut
                            ? word(payOut.payOut().status())
                            : RefundOutcome.Word.OPEN);
        }
        return words;
    }

    private static RefundOutcome.Word word(RefundStatus status) {
        return switch (status) {
            case REQUESTED, CLAIMED, PENDING -> RefundOutcome.Word.OPEN;
            case PAID -> RefundOutcome.Word.PAID;
            case REFUSED -> RefundOutcome.Word.REFUSED;
            case UNKNOWN -> RefundOutcome.Word.UNKNOWN;
        };
    }

    /** Refunds are numbered after the attempts. */
    private static boolean doubtsRefund(Case found) {
        return found.attempt() > Dossier.MAX_ATTEMPTS;
    }

    private static boolean isOvertakenStatus(Case found) {
        return found.reason().equals(Reason.STATUS_UNKNOWN_AFTER_APPROVAL.code());
    }

    private synchronized Map<String, Set<String>> openCases(Predicate<Case> which) {
        Map<String, Set<String>> open = new HashMap<>();
        live().forEach((order, payment) -> payment.dossier().cases().stream()
                .filter(which)
                .forEach(found ->
                        open.computeIfAbsent(order, unseen -> new HashSet<>()).add(name(found.kind()))));
        return open;
    }

    @Override
    public void close() {
        tail.close();
        schemas.close();
    }

    /** Offset of the last entry that was read, by partition. */
    public Map<Integer, Long> last() {
        return Map.copyOf(last);
    }

    private void receive(ConsumerRecord<String, byte[]> record) {
        unread.add(record.value());
        last.put(record.partition(), record.offset());
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
