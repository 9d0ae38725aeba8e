package dev.intermezzo.cli.chaos;

import dev.intermezzo.cli.demo.AuditorsWord;
import dev.intermezzo.cli.demo.LedgerFacts;
import dev.intermezzo.cli.fleet.Fleet;
import dev.intermezzo.cli.fleet.Kind;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.cli.up.PartnersAt;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.check.Recovery;
import dev.intermezzo.sandbox.check.RefundOutcome;
import dev.intermezzo.sandbox.check.RefundVerdict;
import dev.intermezzo.sandbox.check.Repeats;
import dev.intermezzo.sandbox.load.Demo;
import dev.intermezzo.sandbox.load.DemoSettings;
import dev.intermezzo.sandbox.load.EdgeProbe;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.web.Balancer;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One chaos run: a fleet of seventeen processes, partners and buyers in this one, blows as planned while buyers come; then
 * everything runs again, the pipeline becomes quiet, and the checker compares.
 */
final class ChaosRun {
    /** Sessions, elections and restarts may come one after the other, and a lost webhook is sent again for 109 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Long enough for a kill to land inside. */
    private static final Duration PAY_OUT_OPEN = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long MIB = 1L << 20;

    private final Load load;
    private final Consumer<String> listener;
    private final InstantSource clock = InstantSource.system();

    /**
     * @param length of the time in which buyers come and blows fall
     * @param perSecond buyers
     * @param mostBuyers on their way; where the machine serves no more of them, fewer come than are asked for
     * @param pause from one blow to the next, on average
     * @param seed fixes every true outcome and every blow
     * @param seedWrong let one buyer act against the plan: the run must then fail
     */
    record Load(Duration length, int perSecond, int mostBuyers, Duration pause, long seed, boolean seedWrong) {
        int payments() {
            return Math.toIntExact(length.toSeconds() * perSecond);
        }
    }

    /** @param listener hears one line for each act and step; called from several threads */
    ChaosRun(Load load, Consumer<String> listener) {
        this.load = load;
        this.listener = listener;
    }

    /** What needs the fleet still running: the stories of wrong payments, for instance. */
    interface Aftermath {
        void look(ChaosReport report, Fleet fleet) throws InterruptedException;
    }

    /**
     * Runs to the end; every process it started has ended when it returns or throws.
     *
     * @param data a folder that is new or empty
     */
    ChaosReport run(Path data, Aftermath aftermath) throws InterruptedException {
        try (Fleet fleet = new Fleet(data, listener)) {
            listener.accept("starting three brokers");
            fleet.startBrokers();
            try (Balancer balancer = Balancer.start(0, fleet::ingressPorts);
                    Partners partners = partners(data, balancer);
                    LedgerFacts facts = new LedgerFacts(fleet.kafka())) {
                partners.apply(fleet.kafka(), fleet.keys());
                listener.accept("starting two of each stage");
                fleet.startStages(
                        Arrays.stream(StageRole.values()).collect(Collectors.toMap(Function.identity(), role -> 2)),
                        edge(balancer));
                EdgeProbe.awaitAccepting(partners.shop()).ifPresent(refused -> {
                    throw new CommandFailure("edge-not-accepting", "The edge does not take a checkout: " + refused);
                });
                facts.start();
                ChaosReport report = underLoad(fleet, partners, facts);
                aftermath.look(report, fleet);
                return report;
            }
        }
    }

    private Partners partners(Path data, Balancer balancer) {
        return Partners.start(
                PartnersAt.onLoopback(0, 0, edge(balancer)),
                data.resolve("keys"),
                clock,
                usual -> usual.withPayOutDelay(PAY_OUT_OPEN));
    }

    private static URI edge(Balancer balancer) {
        return URI.create("http://localhost:" + balancer.port());
    }

    private ChaosReport underLoad(Fleet fleet, Partners partners, LedgerFacts facts) throws InterruptedException {
        DemoPlan plan = DemoPlan.of(load.seed(), load.payments());
        RefundTraffic refunds = new RefundTraffic(partners, plan, clock);
        Strikes strikes = new Strikes(fleet, listener, refunds::isOneOpen, clock);
        AtomicBoolean loadOver = new AtomicBoolean();
        listener.accept(load.payments() + " buyers, " + load.perSecond() + " per second, seed " + load.seed());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            CompletableFuture<DemoReport> demo =
                    concurrently(threads, () -> demo(plan, partners, facts, loadOver), loadOver);
            CompletableFuture<Void> operators = concurrently(
                    threads,
                    () -> {
                        refunds.run(fleet.kafka(), fleet.merchantApis(), loadOver::get);
                        return null;
                    },
                    loadOver);
            strikes.carryOut(ChaosPlan.of(load.seed(), load.length(), load.pause()), loadOver::get);
            listener.accept("no more buyers; everything is brought back");
            List<String> notBack = fleet.notReadyWithin(PATIENCE, fleet.members()).stream()
                    .map(member -> member.name() + " did not become ready again in " + PATIENCE.toMinutes()
                            + " minutes; its threads are in " + member.log())
                    .toList();
            listener.accept(
                    notBack.isEmpty() ? "everything runs; waiting for every outcome" : String.join("; ", notBack));
            DemoReport payments = result(demo);
            result(operators);
            List<RefundOutcome> told = settledRefunds(refunds, facts);
            notBack =
                    Stream.concat(notBack.stream(), strikes.stubborn().stream()).toList();
            return new ChaosReport(
                    load.length(),
                    payments,
                    RefundVerdict.of(told, partners.cashier().payOuts()),
                    Repeats.of(partners.shop().journal()),
                    strikes.struck(),
                    recoveries(strikes.struck(), partners),
                    notBack,
                    peaks(fleet),
                    AuditorsWord.ask(fleet.kafka(), facts.last(), fleet.auditors(), PATIENCE));
        } finally {
            // Nobody waits for buyers on their way when the run was broken off: the fleet has to end first.
            threads.shutdownNow();
        }
    }

    /** The most memory that any process of a kind has held since it was last started, in MiB; without those not told. */
    private static Map<Kind, Long> peaks(Fleet fleet) {
        Map<Kind, Long> peaks = new EnumMap<>(Kind.class);
        fleet.members()
                .forEach(member ->
                        member.peakMemory().ifPresent(bytes -> peaks.merge(member.kind(), bytes / MIB, Math::max)));
        return peaks;
    }

    private DemoReport demo(DemoPlan plan, Partners partners, LedgerFacts facts, AtomicBoolean loadOver)
            throws InterruptedException {
        DemoSettings usual = DemoSettings.of(partners.returnAddress(), load.perSecond())
                .within(load.length(), load.mostBuyers())
                .withPatience(PATIENCE, PATIENCE);
        DemoSettings settings = load.seedWrong() ? usual.withSeededWrong() : usual;
        return new Demo(partners.shop(), partners.cashier(), facts.whileProcessesDie(), settings, clock)
                .run(plan, (begun, arrived, settled, payments) -> {
                    if (begun == payments) {
                        loadOver.set(true);
                    }
                });
    }

    /** When one side fails, the others end too, so that the failure is told. */
    private static <T> CompletableFuture<T> concurrently(
            ExecutorService threads, Callable<T> work, AtomicBoolean loadOver) {
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
                loadOver.set(true);
            }
        });
        return result;
    }

    private static <T> T result(CompletableFuture<T> of) throws InterruptedException {
        try {
            return of.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailure told ? told : new CompletionException(e.getCause());
        }
    }

    /** When every refund has come to an end, or patience has. */
    private static List<RefundOutcome> settledRefunds(RefundTraffic refunds, LedgerFacts facts)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<RefundOutcome> told = facts.refunds(refunds.ordered());
        while (told.stream().anyMatch(refund -> refund.word() == RefundOutcome.Word.OPEN) && System.nanoTime() < end) {
            Thread.sleep(LOOK);
            told = facts.refunds(refunds.ordered());
        }
        return told;
    }

    private static Map<Kind, List<Duration>> recoveries(List<Strikes.Struck> struck, Partners partners) {
        Map<String, OrderSnapshot> orders = new TreeMap<>();
        partners.shop()
                .journal()
                .forEach(call ->
                        partners.shop().order(call.orderUuid()).ifPresent(order -> orders.put(order.uuid(), order)));
        int partitions = Fleet.TOPICS.partitions();
        Recovery recovery = new Recovery(
                orders.values(), partners.shop().journal(), order -> partition(order, partitions), partitions);
        Map<Kind, List<Duration>> measured = new EnumMap<>(Kind.class);
        struck.stream()
                .filter(each -> each.blow() instanceof Blow.Kill)
                .forEach(kill -> recovery.after(kill.at())
                        .ifPresent(time ->
                                measured.merge(kill.kind(), List.of(time), (one, two) -> concatenated(one, two))));
        return measured;
    }

    private static List<Duration> concatenated(List<Duration> one, List<Duration> two) {
        return Stream.concat(one.stream(), two.stream()).toList();
    }

    private static int partition(String order, int partitions) {
        return Topics.partitionOf(Ids.payment(SandboxWorld.SHOP, order), partitions);
    }
}
