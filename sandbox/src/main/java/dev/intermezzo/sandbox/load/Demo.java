package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.check.Checker;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.check.Evidence;
import dev.intermezzo.sandbox.check.PipelineFacts;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.check.Visit;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries out a plan with one buyer per payment, through HTTP as browsers would, and has the result judged.
 *
 * <p>Buyers begin at a fixed rate, whatever became of those before them (an open loop): a slow bridge is not spared.
 */
public final class Demo {

    /** Of so many orders one is paid through the public listing, where the shop uses one. */
    private static final int EVERY_LISTED = 7;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final SimulatedShop shop;
    private final SimulatedCashier cashier;
    private final PipelineFacts facts;
    private final DemoSettings settings;
    private final InstantSource clock;

    /**
     * @param facts what the pipeline alone can know
     * @param clock the simulators' clock: times are compared with theirs
     */
    public Demo(
            SimulatedShop shop,
            SimulatedCashier cashier,
            PipelineFacts facts,
            DemoSettings settings,
            InstantSource clock) {
        this.shop = shop;
        this.cashier = cashier;
        this.facts = facts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Runs the whole plan and waits for every outcome, within the settings' patience.
     *
     * @throws InterruptedException if the caller is interrupted; buyers on their way are then left alone
     */
    public DemoReport run(DemoPlan plan, Progress progress) throws InterruptedException {
        Queue<Visit> visits = new ConcurrentLinkedQueue<>();
        DemoPlan begun;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient http = client(threads)) {
            boolean mixed = plan.payments().size() >= EVERY_LISTED;
            begun = plan.first(
                    sendBuyers(plan, progress, new Crowd(threads, http, visits, mixed, firstApproved(plan))));
        }
        settle(begun, visits, progress);
        return Checker.check(begun, Evidence.of(visits, shop, cashier, facts));
    }

    /**
     * @param mixed whether so many come that some go through the public listing; a few go the shop's own way
     * @param firstApproved number of a payment that will be paid, and so shows that the public listing is
     */
    private record Crowd(
            ExecutorService threads, HttpClient http, Queue<Visit> visits, boolean mixed, int firstApproved) {}

    /** Returns when all are home; tells how many there were. */
    private int sendBuyers(DemoPlan plan, Progress progress, Crowd crowd) throws InterruptedException {
        int payments = plan.payments().size();
        int wrong = settings.seedWrong() ? numberToGoWrong(plan) : -1;
        Semaphore room = new Semaphore(settings.atOnce());
        Phaser home = new Phaser(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger arrived = new AtomicInteger();
        long pause = Duration.ofSeconds(1).toNanos() / settings.perSecond();
        long start = System.nanoTime();
        long end = start + settings.longest().toNanos();
        for (PlannedPayment planned : plan.payments()) {
            waitUntil(start + begun.get() * pause);
            if (!room.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                break;
            }
            home.register();
            crowd.threads().execute(() -> {
                try {
                    crowd.visits()
                            .add(journey(planned, planned.number() == wrong, crowd)
                                    .run());
                } finally {
                    room.release();
                    progress.update(begun.get(), arrived.incrementAndGet(), 0, payments);
                    home.arriveAndDeregister();
                }
            });
            progress.update(begun.incrementAndGet(), arrived.get(), 0, payments);
        }
        progress.update(begun.get(), arrived.get(), 0, begun.get());
        home.awaitAdvanceInterruptibly(home.arrive());
        return begun.get();
    }

    private Journey journey(PlannedPayment planned, boolean opposite, Crowd crowd) {
        Market market = Market.of(planned.provider());
        Buyer buyer = market.buyer(planned.email());
        Buyer complete = planned.scenario() == Scenario.DETAILS_MISSING ? buyer : buyer.withPhone(market.phone());
        boolean listed =
                crowd.mixed() && (planned.number() % EVERY_LISTED == 0 || planned.number() == crowd.firstApproved());
        OrderSnapshot order = listed && shop.listing().isPresent()
                ? shop.newListedOrder(planned.amount(), market.currency(), complete, planned.faults())
                : shop.newOrder(planned.amount(), market.currency(), complete, planned.faults());
        cashier.expect(planned.email(), planned.faults());
        Browser browser = new Browser(crowd.http(), settings.buyerPatience());
        return new Journey(
                planned,
                order,
                shop.signedForm(order),
                browser,
                new Walk(browser, market, shop.base(), cashier.base(), clock, settings.buyerPatience()),
                page -> cashier.siteUrlOf(page).orElse(settings.returnAddress()),
                clock,
                crowd.threads(),
                opposite);
    }

    private static int firstApproved(DemoPlan plan) {
        return plan.payments().stream()
                .filter(payment -> payment.scenario() == Scenario.APPROVED)
                .map(PlannedPayment::number)
                .findFirst()
                .orElse(-1);
    }

    /** A decline is preferred: approved instead, it is the mistake that costs money. */
    private static int numberToGoWrong(DemoPlan plan) {
        return plan.payments().stream()
                .filter(payment -> payment.scenario() == Scenario.DECLINED || payment.scenario() == Scenario.APPROVED)
                .min(Comparator.comparingInt(payment -> payment.scenario() == Scenario.DECLINED ? 0 : 1))
                .map(PlannedPayment::number)
                .orElseThrow(() -> new IllegalArgumentException("The plan has no payment that could go wrong."));
    }

    /** Waits until no payment can still change for the better, or patience ends; then a while for late duplicates. */
    private void settle(DemoPlan plan, Collection<Visit> visits, Progress progress) throws InterruptedException {
        int payments = plan.payments().size();
        long deadline = System.nanoTime() + settings.settlePatience().toNanos();
        int open = payments;
        while (open > 0 && System.nanoTime() < deadline) {
            open = Checker.open(plan, Evidence.of(visits, shop, cashier, facts));
            progress.update(payments, payments, payments - open, payments);
            if (open > 0) {
                Thread.sleep(LOOK_AGAIN);
            }
        }
        Thread.sleep(settings.quiet());
    }

    private static void waitUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    static HttpClient client(ExecutorService threads) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(threads)
                .build();
    }
}
