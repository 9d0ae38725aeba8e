package dev.intermezzo.simulator.check;

import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CaseResolved;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundRecorded;
import dev.intermezzo.schemas.avro.ReviewDecided;
import dev.intermezzo.schemas.avro.ReviewDecision;
import dev.intermezzo.simulator.journal.CashierTransaction;
import dev.intermezzo.simulator.journal.MoneyCall;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.journal.OrderJournal.ShopStatus;
import dev.intermezzo.simulator.journal.ShopPost;
import dev.intermezzo.simulator.world.Cases;
import dev.intermezzo.simulator.world.Pipeline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** One order's money, by the Cashier's journal, against what its shop was told and what a person can see. */
final class MoneyCheck {
    private final OrderJournal order;
    private final Emitted emitted;
    private final Pipeline pipeline;
    private final List<Violation> violations = new ArrayList<>();

    MoneyCheck(OrderJournal order, Emitted emitted, Pipeline pipeline) {
        this.order = order;
        this.emitted = emitted;
        this.pipeline = pipeline;
    }

    List<Violation> check() {
        order.posts().stream()
                .filter(post -> post.reached() && post.status() == NotifyStatus.APPROVED)
                .forEach(this::approvedMeansMoney);
        outcomeTold();
        balances();
        reversalsSeen();
        return violations;
    }

    private void approvedMeansMoney(ShopPost post) {
        boolean money = order.transactions().stream()
                .anyMatch(each -> each.exact(order.currency())
                        && each.paidAt() != null
                        && !each.paidAt().isAfter(post.began()));
        boolean accepted = decided(ReviewDecision.ACCEPT);
        if (!money && !accepted) {
            violate(
                    Promise.APPROVED_MEANS_MONEY,
                    post.due() + " said approved at " + post.began() + ", but no transaction of " + order.amount() + ' '
                            + order.currency() + " was paid before");
        }
        if (!order.testShop()) {
            violate(Promise.APPROVED_MEANS_MONEY, post.due() + " told a live shop of sandbox money");
        }
    }

    private void outcomeTold() {
        if (emitted.ledger(order.payment()).isEmpty() || held()) {
            return;
        }
        List<CashierTransaction> told = told();
        if (told.isEmpty()) {
            boolean nobodyPaid = order.transactions().stream().noneMatch(CashierTransaction::paid);
            boolean asked = !emitted.requests(order.payment()).isEmpty();
            if (nobodyPaid && asked && order.shopStatus() == ShopStatus.PENDING) {
                violate(Promise.OUTCOME_TOLD, "it was not paid, and the shop's order is still pending");
            }
            return;
        }
        boolean exact = told.stream().anyMatch(each -> each.exact(order.currency()));
        if (order.shopStatus() != ShopStatus.PAID) {
            violate(
                    Promise.OUTCOME_TOLD,
                    (exact ? "matching" : "other") + " money came (" + ids(told) + "), the shop's order is "
                            + order.shopStatus() + ", and nobody can see it");
        }
    }

    private void balances() {
        BigDecimal in = sum(told());
        BigDecimal out = order.moneyCalls().stream()
                .filter(call -> call.payOut() && call.moved())
                .map(MoneyCall::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal recorded = order.acts().stream()
                .filter(MoneyCheck::byTwo)
                .map(OperatorAct::getBody)
                .filter(RefundRecorded.class::isInstance)
                .map(body -> ((RefundRecorded) body).getAmount().getAmount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean tooMuch = in.subtract(out).subtract(recorded).compareTo(order.amount()) > 0;
        if (tooMuch && !held()) {
            violate(
                    Promise.MONEY_BALANCES,
                    in + " came in (" + ids(told()) + ") and " + out.add(recorded) + " went back, for an order of "
                            + order.amount() + ", without an open case");
        }
        BigDecimal everything = order.transactions().stream()
                .filter(CashierTransaction::paid)
                .map(each -> each.received().max(each.asked()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (out.compareTo(everything) > 0) {
            violate(Promise.MONEY_BALANCES, out + " went out, but only " + everything + " ever came in");
        }
    }

    private void reversalsSeen() {
        order.transactions().stream()
                .filter(each -> each.reversalTold() && each.exact(order.currency()) && !held())
                .forEach(each -> violate(
                        Promise.MONEY_BALANCES,
                        "the money of " + each.id() + " was taken back, and nobody can see it"));
    }

    /** Money that was paid and of which our side durably took the word. */
    private List<CashierTransaction> told() {
        return order.transactions().stream()
                .filter(each -> each.paid() && each.approvalTold())
                .toList();
    }

    /** A person can see it, or two persons have decided it. */
    private boolean held() {
        PaymentState state = pipeline.committed(order.payment());
        boolean openCase = state != null && !Cases.open(state).isEmpty();
        boolean orphan = order.transactions().stream()
                .anyMatch(each -> pipeline.committed(Ids.orphan(each.account(), each.id())) != null);
        boolean decided = order.acts().stream()
                .anyMatch(act -> byTwo(act)
                        && (act.getBody() instanceof CaseResolved
                                || (act.getBody() instanceof ReviewDecided review
                                        && review.getDecision() != ReviewDecision.ACCEPT)));
        return openCase || orphan || decided || parked() || order.touchedByOwner();
    }

    private boolean parked() {
        List<NotificationEnded> ends = emitted.ends(order.payment());
        return !ends.isEmpty()
                && (ends.getLast().getEnd() == NotificationEnd.PARKED
                        || ends.getLast().getEnd() == NotificationEnd.SHOP_DISAGREES);
    }

    private boolean decided(ReviewDecision decision) {
        return order.acts().stream()
                .anyMatch(act -> byTwo(act)
                        && act.getBody() instanceof ReviewDecided review
                        && review.getDecision() == decision);
    }

    private static boolean byTwo(OperatorAct act) {
        return act.getApprover() != null;
    }

    /** What two persons accepted counts as what was asked, whatever it was. */
    private BigDecimal sum(List<CashierTransaction> transactions) {
        boolean accepted = decided(ReviewDecision.ACCEPT);
        return transactions.stream()
                .map(each -> accepted && !each.exact(order.currency()) ? each.asked() : each.received())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<String> ids(List<CashierTransaction> transactions) {
        return transactions.stream().map(CashierTransaction::id).toList();
    }

    private void violate(Promise promise, String what) {
        violations.add(new Violation(promise, order.payment(), what));
    }
}
