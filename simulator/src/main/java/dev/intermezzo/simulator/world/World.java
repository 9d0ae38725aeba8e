package dev.intermezzo.simulator.world;

import dev.intermezzo.orchestrator.ledger.DecideFunction;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.kernel.Agenda;
import dev.intermezzo.simulator.kernel.Chance;
import dev.intermezzo.simulator.kernel.ProcessClock;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.Partition;
import dev.intermezzo.simulator.log.SimulatedLog;
import dev.intermezzo.simulator.streams.Tape;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Everybody around the pipeline, and what they share. */
public final class World {
    private static final Duration ORDERS_WITHIN = Duration.ofMinutes(30);

    private final Agenda agenda;
    private final Chance chance;
    private final SimulatedLog log;
    private final Wire wire = new Wire();
    private final Map<String, OrderJournal> orders = new LinkedHashMap<>();
    private final Map<String, OrderJournal> payOuts = new LinkedHashMap<>();
    private final Map<String, Buyer> buyers = new HashMap<>();
    private final Map<String, PaymentView> views = new HashMap<>();
    private final Map<String, ProcessClock> clocks = new HashMap<>();
    private final boolean lies;
    private final Pipeline pipeline;
    private final Edge edge;
    private final Cashier cashier;
    private final Operators operators;
    private final MerchantSystem merchantSystem;

    /** @param lies whether the Cashier calls declined payments approved */
    public World(Agenda agenda, Chance chance, SimulatedLog log, DecideFunction decider, Tape tape, boolean lies) {
        this.agenda = agenda;
        this.chance = chance;
        this.log = log;
        this.lies = lies;
        this.pipeline = new Pipeline(decider, log, agenda, chance, tape);
        this.edge = new Edge(this);
        this.operators = new Operators(this, edge);
        this.cashier = new Cashier(this, edge, operators);
        this.merchantSystem = new MerchantSystem(this, edge);
    }

    /** Starts every stage. */
    public void start() {
        pipeline.start();
        FirstAnswers answers = new FirstAnswers();
        answers.start(this);
        new PageExecutor(this, cashier, answers).start();
        new OnceExecutors(this, cashier, answers).start();
        new ShopExecutor(this).start();
        new Senders(this, new Shop(this)).start();
        tail(Topics.PAYMENT_VIEWS, (entry, view) -> views.put(view.getPaymentId(), view));
        tail(Topics.PAYMENT_LEDGER, this::noticed);
    }

    /** Lets a buyer come with an order of this number, and perhaps its merchant with a pay-out that belongs to no payment. */
    public void order(int number) {
        Script script = Script.draw(chance, number);
        OrderJournal order = script.journal();
        orders.put(order.payment(), order);
        Buyer buyer = new Buyer(this, edge, cashier, operators, script);
        buyers.put(order.payment(), buyer);
        agenda.after(chance.between(Duration.ZERO, ORDERS_WITHIN, "arrival/" + number), buyer::checkOut);
        merchantSystem.beside(number).ifPresent(payOut -> payOuts.put(payOut.payment(), payOut));
    }

    public Collection<OrderJournal> orders() {
        return orders.values();
    }

    /** Pay-outs that belong to no payment. */
    public Collection<OrderJournal> payOuts() {
        return payOuts.values();
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    Agenda agenda() {
        return agenda;
    }

    Chance chance() {
        return chance;
    }

    /** The Cashier says approved where it was declined. */
    boolean lies() {
        return lies;
    }

    SimulatedLog log() {
        return log;
    }

    Wire wire() {
        return wire;
    }

    OrderJournal journal(String payment) {
        return Objects.requireNonNull(journalOrNull(payment), payment);
    }

    /** Of an order or a pay-out; null: nobody here ever heard of it. */
    @Nullable
    OrderJournal journalOrNull(String payment) {
        OrderJournal order = orders.get(payment);
        return order == null ? payOuts.get(payment) : order;
    }

    Buyer buyer(String payment) {
        return Objects.requireNonNull(buyers.get(payment), payment);
    }

    @Nullable
    PaymentView view(String payment) {
        return views.get(payment);
    }

    static String name(Topic<?> topic) {
        return topic.in(Pipeline.PREFIX);
    }

    void tell(OrderJournal order, String who, String what) {
        order.tell(agenda.instant(), who, what);
    }

    /** The time on a process's clock, which may be off, may jump and may be wrong for hours. */
    Instant clockOf(String process) {
        ProcessClock clock = clock(process);
        clock.mayJump();
        clock.mayGoWrong();
        return clock.instant();
    }

    /** The time on the clock of a process that is of no use with a wrong one: off by two seconds at most. */
    Instant goodClockOf(String process) {
        ProcessClock clock = clock(process);
        clock.mayJump();
        return clock.instant();
    }

    private ProcessClock clock(String process) {
        return clocks.computeIfAbsent(process, first -> new ProcessClock(agenda, chance, process));
    }

    /** A plain producer's write. */
    <T extends SpecificRecordBase> void append(Topic<T> topic, String key, T value) {
        log.append(name(topic), key, wire.encode(topic, value));
    }

    /** Reads a topic as it grows, every partition in its order. */
    <T extends SpecificRecordBase> void tail(Topic<T> topic, TailReader<T> reader) {
        for (Partition partition : log.partitions(name(topic))) {
            long[] position = {0};
            partition.watch(() -> {
                for (Entry next = partition.next(position[0]); next != null; next = partition.next(position[0])) {
                    position[0] = next.offset() + 1;
                    reader.take(next, wire.decode(topic, next));
                }
            });
        }
    }

    /** Takes what a tail reads. */
    interface TailReader<T> {
        void take(Entry entry, T value);
    }

    private void noticed(Entry entry, LedgerEntry decided) {
        operators.noticed(decided.getPaymentId());
    }
}
