package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.codec.ViewCodec;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.Incoming;
import dev.intermezzo.orchestrator.ledger.Outgoing;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.SealedData;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.DueAlarm;
import dev.intermezzo.runtime.streams.Origin;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.Quarantine;
import dev.intermezzo.schemas.avro.QueuedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries facts to the books and what follows from them to the topics. It decides nothing about payments itself; its own
 * business is what may reach the state machine at all: facts from the topic of their kind, of payments that are not in
 * quarantine.
 */
final class PaymentProcessor implements Processor<String, byte[], String, byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentProcessor.class);

    private final Map<String, Topic<?>> topics;
    private final EventReader events;
    private final TopicReader<BuyerKey> keyReader;
    private final Bookkeeper bookkeeper;
    private final DeadLetters deadLetters;
    private final WriterSchemas schemas;
    private final ObjIntConsumer<String> warmUps;
    private final DecisionCounts counts;

    private ProcessorContext<String, byte[]> context;
    private Outlet out;
    private Books books;
    private Timers timers;
    private DueAlarm alarm;
    private BuyerKeys buyerKeys;
    private Quarantines quarantines;

    /**
     * @param topics sources by their full name
     * @param warmUps hears the id and the partition of each warm-up that came through
     */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    PaymentProcessor(
            Map<String, Topic<?>> topics,
            Bookkeeper bookkeeper,
            DeadLetters deadLetters,
            WriterSchemas schemas,
            ObjIntConsumer<String> warmUps,
            DecisionCounts counts) {
        this.topics = topics;
        this.events = new EventReader(schemas);
        this.keyReader = new TopicReader<>(Topics.BUYER_KEYS, schemas);
        this.bookkeeper = bookkeeper;
        this.deadLetters = deadLetters;
        this.schemas = schemas;
        this.warmUps = warmUps;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> streams) {
        context = streams;
        out = new Outlet(streams);
        books = new Books(streams.getStateStore(Books.PAYMENTS), streams.getStateStore(Books.HEADS), schemas);
        timers = new Timers(streams.getStateStore(Timers.STORE), schemas);
        buyerKeys = new BuyerKeys(streams.getStateStore(BuyerKeys.STORE), out, schemas);
        quarantines = new Quarantines(
                streams.getStateStore(Quarantines.MARKS), streams.getStateStore(Quarantines.QUEUE), schemas);
        alarm = timers.alarm(streams, this::fireTimers);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        Topic<?> topic = topics.get(place.topic());
        if (topic == null) {
            throw new IllegalStateException("no source reads the topic " + place.topic());
        }
        Origin origin = Origin.of(topic, place, record.headers());
        if (record.key() == null) {
            bury(origin, "", record.value(), "key-mismatch", "The record has no key.");
        } else if (topic.equals(Topics.BUYER_KEYS)) {
            takeKey(origin, record.key(), record.value());
        } else {
            take(origin, record.key(), record.value());
            alarm.set();
        }
    }

    private void take(Origin origin, String key, byte @Nullable [] value) {
        switch (events.read(origin.topic(), value)) {
            case Incoming.Unacceptable bad -> bury(origin, key, value, bad.code(), bad.reason());
            case Incoming.WarmUp warmUp -> warmUps.accept(warmUp.id(), origin.partition());
            case Incoming.ViewWanted wanted -> {
                if (belongs(key, wanted.paymentId())) {
                    show(seen(wanted), origin.traceparent());
                }
            }
            case Incoming.Fact fact -> {
                if (belongs(key, fact.event().paymentId()) && value != null) {
                    admit(origin, value, fact.event());
                } else {
                    bury(origin, key, value, "key-mismatch", "The record's key is not its payment's id.");
                }
            }
        }
    }

    /**
     * A page may ask for a payment that is not there (yet): it has a limit of its own and asks again. Whoever asks for a
     * pay-out is told that there is none, and may then ask for one.
     */
    private Optional<PaymentView> seen(Incoming.ViewWanted wanted) {
        PaymentState state = books.state(wanted.paymentId());
        return state == null
                ? ViewCodec.noPayOut(wanted.paymentId(), wanted.environment(), now(), wanted.eventId())
                : view(state, wanted.eventId(), "");
    }

    /** The key chose the partition; a value of another payment would be decided on without that payment's state. */
    private static boolean belongs(String key, String payment) {
        return key.equals(payment);
    }

    private void admit(Origin origin, byte[] bytes, Event event) {
        Quarantine quarantine = quarantines.of(event.paymentId());
        if (quarantine == null) {
            decide(origin, bytes, event);
            return;
        }
        if (!quarantines.add(quarantine, origin, bytes)) {
            bury(origin, event.paymentId(), bytes, "quarantine-full", "The payment's quarantine queue is full.");
        }
        if (quarantine.getDeciderVersion() < bookkeeper.deciderVersion()) {
            release(event.paymentId());
        }
    }

    /** Another decider than the one that failed takes the queue up; where it fails too, the rest queues again. */
    private void release(String payment) {
        LOG.atWarn().addKeyValue("payment", payment).log("quarantine taken up by a newer decider");
        for (QueuedEvent queued : quarantines.end(payment)) {
            byte[] bytes = new byte[queued.getEvent().remaining()];
            queued.getEvent().duplicate().get(bytes);
            Origin origin = new Origin(
                    queued.getSourceTopic(),
                    queued.getSourcePartition(),
                    queued.getSourceOffset(),
                    queued.getTraceparent());
            take(origin, payment, bytes);
        }
    }

    /** Everything that may fail comes before the first write, so that a failure leaves the payment as it was. */
    private void decide(Origin origin, byte[] bytes, Event event) {
        PaymentState before = books.state(event.paymentId());
        Booking booking;
        Optional<PaymentView> view;
        try {
            booking = bookkeeper.book(before, books.head(event.paymentId()), origin.topic(), bytes, event);
            view = switch (booking) {
                case Booking.Entered entered ->
                    view(entered.state(), event.id(), entered.entry().getVerdictCode());
                case Booking.Repeated repeated -> view(repeated.state(), event.id(), "");
                case Booking.NoPayment none -> Optional.empty();
            };
        } catch (RuntimeException e) {
            quarantine(origin, bytes, event, e);
            return;
        }
        counts.decided(booking);
        switch (booking) {
            case Booking.Entered entered -> {
                write(origin, event, before, entered);
                show(view, origin.traceparent());
            }
            // A repeated checkout's page waits for its answer like the first one's.
            case Booking.Repeated repeated -> show(view, origin.traceparent());
            case Booking.NoPayment none -> bury(origin, event.paymentId(), bytes, none.code(), none.reason());
        }
    }

    private void write(Origin origin, Event event, @Nullable PaymentState before, Booking.Entered entered) {
        PaymentState state = entered.state();
        String payment = state.paymentId();
        books.enter(entered);
        out.write(Topics.PAYMENT_LEDGER, payment, entered.entry(), origin.traceparent(), SourceHeaders.of(origin));
        for (Outgoing<?> command : entered.commands()) {
            send(command, payment, origin.traceparent());
        }
        buyerKeys.usedUp(payment, usedUp(event, before, state));
        entered.timers().forEach(timer -> timers.arm(state, timer, origin.traceparent()));
        LOG.atDebug()
                .addKeyValue("payment", payment)
                .addKeyValue("merchant", state.merchantId())
                .addKeyValue("sequence", state.sequence())
                .addKeyValue("state", state.kind())
                .addKeyValue("verdict", entered.entry().getVerdict())
                .addKeyValue("code", entered.entry().getVerdictCode())
                .log("decided");
    }

    /** Keys of vouchers that this event ended, or brought in vain. */
    private static Set<String> usedUp(Event event, @Nullable PaymentState before, PaymentState after) {
        Set<String> keys = new HashSet<>(voucherKeys(before));
        if (event.fact() instanceof Fact.BuyerDetailsSubmitted details && details.voucher() != null) {
            keys.add(details.voucher().keyId());
        }
        keys.removeAll(voucherKeys(after));
        return keys;
    }

    /** Of the vouchers whose call may still have to be made. */
    private static Set<String> voucherKeys(@Nullable PaymentState state) {
        if (!(state instanceof PaymentState.Live live)) {
            return Set.of();
        }
        return live.dossier().attempts().stream()
                .flatMap(attempt -> Stream.ofNullable(attempt.voucher()))
                .map(SealedData::keyId)
                .collect(Collectors.toSet());
    }

    private <T extends SpecificRecordBase> void send(Outgoing<T> command, String payment, String traceparent) {
        if (command.value() instanceof CashierCommand cashier) {
            buyerKeys.issue(command.topic(), payment, cashier, traceparent);
        } else {
            out.write(command.topic(), command.key(), command.value(), traceparent);
        }
    }

    private void quarantine(Origin origin, byte[] bytes, Event event, RuntimeException failure) {
        String code = "decision-failed";
        counts.failed();
        LOG.atError()
                .addKeyValue("alert", code)
                .addKeyValue("payment", event.paymentId())
                .addKeyValue("event", event.id())
                .setCause(failure)
                .log("the payment is in quarantine: its later events wait for a newer decider");
        quarantines.begin(event.paymentId(), code, bookkeeper.deciderVersion(), now(), origin, bytes);
        bury(
                origin,
                event.paymentId(),
                bytes,
                code,
                "The decision failed: " + failure.getClass().getSimpleName() + ".");
    }

    private void takeKey(Origin origin, String key, byte @Nullable [] value) {
        if (value == null) {
            buyerKeys.forgotten(key);
            return;
        }
        switch (keyReader.read(value)) {
            case Reading.Unacceptable<BuyerKey> bad -> bury(origin, key, value, bad.code(), bad.reason());
            case Reading.Read<BuyerKey> read -> {
                if (belongs(key, read.value().getPaymentId())) {
                    buyerKeys.arrived(key, read.value().getKey());
                } else {
                    bury(origin, key, value, "key-mismatch", "The record's key is not its payment's id.");
                }
            }
        }
    }

    private void fireTimers(long nowMillis) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        for (Timers.Fired fired : timers.fire(now)) {
            counts.fired(Duration.between(fired.due(), now));
            out.write(Topics.PAYMENT_INTERNAL, fired.event().getPaymentId(), fired.event(), fired.traceparent());
        }
    }

    private static Optional<PaymentView> view(PaymentState state, String answers, String answerCode) {
        return ViewCodec.view(state, answers, answerCode);
    }

    private void show(Optional<PaymentView> view, String traceparent) {
        view.ifPresent(shown -> out.write(Topics.PAYMENT_VIEWS, shown.getPaymentId(), shown, traceparent));
    }

    private void bury(Origin origin, String key, byte @Nullable [] value, String code, String reason) {
        DeadLetter letter =
                deadLetters.of(OrchestratorService.APPLICATION, origin.position(), key, value, code, reason);
        out.write(Topics.DEAD_LETTERS, key, letter, origin.traceparent());
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
