package dev.intermezzo.cli.chaos;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.merchants.TemporaryApiKey;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.refunds.RefundDesk;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.ingress.api.ApiScope;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.sandbox.cashier.CashierCall;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.schemas.Ids;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/**
 * What moves money: a refund every few seconds, of a payment that the shop has just heard the approval of. Every second one is
 * asked for by one operator and approved by another, as the command {@code refunds} does, the others by the merchant's system
 * over the merchant API. One call in ten is held open, so that whoever makes it can die meanwhile; a few more go wrong
 * otherwise.
 */
final class RefundTraffic {
    /** 150 in ten minutes, of which at least 100 are wanted. */
    private static final Duration PAUSE = Duration.ofSeconds(4);

    /** An operator whose command failed tries again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** Refunds under way. Each reads topics to their ends, which a struggling cluster makes slow. */
    private static final int MOST_AT_ONCE = 4;

    /** Those of the plan's providers that give money back to a buyer, of whom no wallet is known. */
    private static final Set<Psp> REFUNDERS = Set.of(Psp.PAYONE, Psp.GIGADAT);

    private static final int MOST_TRIES = 90;
    private static final int SMALLEST_CENTS = 100;
    private static final int LARGEST_CENTS = 499;

    private final Partners partners;
    private final Map<String, PlannedPayment> planned;
    private final Random random;
    private final InstantSource clock;
    private final Set<String> begun = new HashSet<>();
    private final Map<String, String> ordered = new LinkedHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    RefundTraffic(Partners partners, DemoPlan plan, InstantSource clock) {
        this.partners = partners;
        this.planned = plan.payments().stream()
                .filter(payment -> REFUNDERS.contains(payment.provider()))
                .filter(payment -> payment.scenario() == Scenario.APPROVED
                        && payment.faults().equals(FaultPlan.NONE))
                .collect(Collectors.toMap(PlannedPayment::email, Function.identity()));
        this.random = new Random(plan.seed());
        this.clock = clock;
    }

    /**
     * Until the load is over; a refund that was begun is finished.
     *
     * @param apis instances of the merchant API
     */
    void run(KafkaSettings kafka, List<URI> apis, BooleanSupplier loadOver) throws InterruptedException {
        Semaphore desks = new Semaphore(MOST_AT_ONCE);
        // Closed in this order: the desks finish what they have begun, then the connections end.
        try (KafkaConnection connection = KafkaConnection.open(kafka, () -> {});
                TemporaryApiKey key = TemporaryApiKey.issue(
                        connection, partners.merchant(), new TreeSet<>(Set.of(ApiScope.REFUNDS_WRITE)), "anna", "ben");
                RefundApi api = new RefundApi(apis, key.reveal());
                ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor()) {
            Ways ways = new Ways(new RefundDesk(connection, clock), api);
            long next = System.nanoTime();
            while (!loadOver.getAsBoolean()) {
                next += PAUSE.toNanos();
                Optional<NotifyCall> payment = candidate();
                if (payment.isPresent() && desks.tryAcquire()) {
                    Refund refund = drawn(payment.get().orderUuid());
                    clerks.execute(() -> finish(ways, refund, desks));
                }
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        }
    }

    /** How a refund is asked for. */
    private record Ways(RefundDesk desk, RefundApi api) {}

    private void finish(Ways ways, Refund refund, Semaphore desks) {
        try {
            refund(ways, refund);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            desks.release();
        }
    }

    /** A refund as the seed fixed it, by the order of their beginnings. */
    private record Refund(String order, String email, String amount, CallFault fault, boolean overApi) {}

    private Refund drawn(String order) {
        begun.add(order);
        int cents = SMALLEST_CENTS + random.nextInt(LARGEST_CENTS - SMALLEST_CENTS);
        return new Refund(
                order, email(order), BigDecimal.valueOf(cents, 2).toPlainString(), fault(), begun.size() % 2 == 0);
    }

    /** Buyers of refunds that were ordered, by order. */
    synchronized Map<String, String> ordered() {
        return Map.copyOf(ordered);
    }

    /** Whether the Cashier holds a pay-out's answer back at this moment. */
    boolean isOneOpen() {
        if (held.isEmpty()) {
            return false;
        }
        Set<String> answered = partners.cashier().calls().stream()
                .map(CashierCall::transactionId)
                .collect(Collectors.toSet());
        return partners.cashier().payOuts().stream()
                .anyMatch(payOut -> isHeld(payOut) && !answered.contains(payOut.id()));
    }

    private boolean isHeld(TransactionSnapshot payOut) {
        return held.contains(payOut.email());
    }

    /** The newest that has no refund yet. */
    private Optional<NotifyCall> candidate() {
        List<NotifyCall> told = partners.shop().journal();
        for (NotifyCall call : told.reversed()) {
            if (call.effect() == NotifyEffect.CHANGED
                    && call.status().equals("approved")
                    && !begun.contains(call.orderUuid())
                    && planned.containsKey(email(call.orderUuid()))) {
                return Optional.of(call);
            }
        }
        return Optional.empty();
    }

    private String email(String order) {
        return partners.shop().order(order).map(known -> known.buyer().email()).orElse("");
    }

    private void refund(Ways ways, Refund planned) throws InterruptedException {
        if (planned.fault() == CallFault.DELAY) {
            held.add(planned.email());
        }
        partners.cashier().expectPayOut(planned.email(), planned.fault(), TransactionStatus.APPROVED);
        String payment = Ids.payment(SandboxWorld.SHOP, planned.order());
        if (planned.overApi()) {
            // Asking again under the same name is the same refund, whether or not the first question was heard.
            order(planned);
            insist(() -> ways.api().refund(payment, planned.amount(), "chaos-" + planned.order()));
            return;
        }
        // Asking again makes another request; nobody approves the first, so it moves nothing.
        Optional<String> refund =
                insist(() -> RefundDesk.refundOf(ways.desk().request(payment, planned.amount(), "anna")));
        if (refund.isPresent()) {
            order(planned);
            insist(() -> RefundDesk.refundOf(ways.desk().approve(payment, refund.get(), "ben")));
        }
    }

    private synchronized void order(Refund planned) {
        ordered.put(planned.order(), planned.email());
    }

    private CallFault fault() {
        int draw = random.nextInt(20);
        return switch (draw) {
            case 0, 1 -> CallFault.DELAY;
            case 2 -> CallFault.LOST_ANSWER;
            case 3 -> CallFault.ERROR_500;
            case 4 -> CallFault.WEBHOOK_BEFORE_ANSWER;
            default -> CallFault.NONE;
        };
    }

    private interface Act {
        String carryOut();
    }

    /** Kafka may be away for a while; an act that is refused for another reason stays refused. */
    private static Optional<String> insist(Act act) throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                return Optional.of(act.carryOut());
            } catch (CommandFailure | KafkaException e) {
                Thread.sleep(AGAIN);
            }
        }
        return Optional.empty();
    }
}
