package dev.intermezzo.simulator.world;

import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.CaseKind;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.CaseResolved;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.OrphanAttached;
import dev.intermezzo.schemas.avro.RefundRecorded;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.ReviewDecided;
import dev.intermezzo.schemas.avro.ReviewDecision;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.simulator.journal.CashierTransaction;
import dev.intermezzo.simulator.journal.OrderJournal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Two people at the operators' desk: they look at payments with open cases and decide, late, twice, alone, or never. */
final class Operators {
    private static final List<ReviewDecision> DECISIONS = List.of(ReviewDecision.values());
    private static final Duration LOOK_LEAST = Duration.ofSeconds(1);
    private static final List<Duration> LOOK_MOST =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(20), Duration.ofHours(20), Duration.ofDays(3));

    private final World world;
    private final Edge edge;
    private final Set<String> looking = new HashSet<>();

    Operators(World world, Edge edge) {
        this.world = world;
        this.edge = edge;
    }

    /** Something happened to a payment: somebody looks at it after a while. */
    void noticed(String payment) {
        OrderJournal order = world.journalOrNull(payment);
        if (order != null && looking.add(payment)) {
            Duration most = LOOK_MOST.get(world.chance().below(LOOK_MOST.size(), "look/" + payment));
            world.agenda().after(world.chance().between(LOOK_LEAST, most, "look/" + payment), () -> {
                looking.remove(payment);
                look(order);
            });
        }
    }

    /** Mozarto refused the account's credentials; somebody renews and releases it. */
    void credentialsRefused(OrderJournal order) {
        Duration wait =
                world.chance().between(Duration.ofSeconds(5), Duration.ofMinutes(15), "release/" + order.number());
        world.agenda().after(wait, () -> act(order, new AccountReleased(ProviderKind.ACCOUNT), true));
    }

    /** Two persons find money of this order in the Cashier's back office. */
    void attachLater(OrderJournal order, CashierTransaction money, Duration wait) {
        world.agenda().after(wait, () -> attach(order, money));
    }

    private void attach(OrderJournal order, CashierTransaction money) {
        act(
                order,
                new OrphanAttached(
                        "back-office",
                        Provider.facts(
                                money.account(),
                                money.id(),
                                TransactionStatus.APPROVED,
                                "Approved",
                                money.received(),
                                money.currency())),
                world.chance().permille(900, "attach/" + order.number()));
    }

    private void look(OrderJournal order) {
        PaymentState state = world.pipeline().committed(order.payment());
        String place = "operators/" + order.number();
        if (state == null || world.chance().permille(100, place)) {
            return;
        }
        List<Case> open = Cases.open(state);
        boolean together = world.chance().permille(900, place);
        if (!open.isEmpty()) {
            decide(order, state, open.getFirst(), together, place);
        } else if (order.posts().stream().anyMatch(post -> post.applied())
                && world.chance().permille(40, place)) {
            refund(order, order.amount(), together, place);
        }
        order.transactions().stream()
                .filter(money -> money.attempt() > 0
                        && !counted(order)
                        && money.exact(order.currency())
                        && world.pipeline().committed(orphanOf(money)) != null
                        && world.chance().permille(500, place))
                .findFirst()
                .ifPresent(money -> attach(order, money));
    }

    /** They decided on this order's money before, so it may be counted already: nobody attaches it a second time. */
    private static boolean counted(OrderJournal order) {
        return order.acts().stream()
                .anyMatch(act ->
                        act.getBody() instanceof ReviewDecided review && review.getDecision() != ReviewDecision.REJECT);
    }

    private static String orphanOf(CashierTransaction money) {
        return Ids.orphan(money.account(), money.id());
    }

    /** How much money the Cashier's back office shows for an attempt. */
    private static long paid(OrderJournal order, int attempt) {
        return order.transactions().stream()
                .filter(each -> each.attempt() == attempt && each.paid())
                .count();
    }

    /** How much of it the payment's page shows as approved. */
    private static long counted(PaymentState state, int attempt) {
        return state instanceof PaymentState.Live live
                ? live.dossier().attempts().stream()
                        .filter(each -> each.number() == attempt)
                        .flatMap(each -> each.transactions().stream())
                        .filter(each -> each.status() == dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED)
                        .count()
                : 0;
    }

    private void decide(OrderJournal order, PaymentState state, Case open, boolean together, String place) {
        int drawn = world.chance().below(100, place);
        if (open.kind() == CaseKind.SURPLUS_PAYMENT && drawn < 75) {
            refund(
                    order,
                    open.received() == null ? order.amount() : open.received().getAmount(),
                    together,
                    place);
        } else if (open.kind() == CaseKind.UNDER_REVIEW && drawn < 85) {
            // They look into the back office first: what never came, or is counted, is neither accepted nor given back.
            boolean money = open.attempt() == 0 || paid(order, open.attempt()) > counted(state, open.attempt());
            ReviewDecision decision =
                    money ? DECISIONS.get(world.chance().below(DECISIONS.size(), place)) : ReviewDecision.REJECT;
            act(order, new ReviewDecided(decision, "", open.id()), together);
            if (world.chance().permille(250, place)) {
                act(order, new CaseResolved(open.id(), ""), together);
            }
        } else if (drawn < 95) {
            act(order, new CaseResolved(open.id(), ""), together);
        }
    }

    /** Now and then each of the two does it. */
    private void refund(OrderJournal order, BigDecimal amount, boolean together, String place) {
        Money money = new Money(amount.setScale(4), order.currency());
        boolean recorded = world.chance().permille(200, place);
        int times = world.chance().permille(250, place) ? 2 : 1;
        for (int time = 0; time < times; time++) {
            String id = "refund-" + order.number() + '-' + order.nextName();
            act(
                    order,
                    recorded
                            ? new RefundRecorded(id, money, "")
                            : new RefundRequested(
                                    id, money, ProviderKind.PAYONE.name(), ProviderKind.ACCOUNT, List.of(), null),
                    together);
        }
    }

    private void act(OrderJournal order, SpecificRecordBase body, boolean together) {
        edge.operator(
                order,
                OperatorAct.newBuilder()
                        .setId("act-" + order.number() + '-' + order.nextName())
                        .setPaymentId(order.payment())
                        .setMerchantId(Script.MERCHANT)
                        .setEnvironment(Environment.SANDBOX)
                        .setOccurredAt(world.clockOf("console"))
                        .setOperator("olga")
                        .setApprover(together ? "peter" : null)
                        .setBody(body)
                        .build());
    }
}
