package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Fact.ShopOrderChanged;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import java.math.BigDecimal;
import java.util.function.Predicate;
import org.joda.money.Money;

/**
 * What a shop tells of its own accord about an order that we have. It tells of its owner's acts and of our own messages
 * alike, at least once, and each time as the order was at that moment: an old word may come after a newer one.
 *
 * <p>Only a payment that is not approved can hear a {@code paid} that is not ours. Its order was paid otherwise then, by hand
 * as a rule: the case {@link CaseKind#SHOP_DISAGREES} remembers that. The shop is told nothing more, and no further attempt
 * begins unless the shop itself says that the order is to be paid.
 */
final class ShopChangeRules {

    private ShopChangeRules() {}

    static Outcome onChange(Live state, Turn turn, ShopOrderChanged changed) {
        return switch (changed.status()) {
            case PAID -> paid(state, turn, changed);
            case FAILED -> failed(state, turn);
            case PENDING -> pending(state, turn);
            case UNKNOWN -> Outcome.noted(state.stay(turn.dossier()), Reason.SHOP_STATUS_UNKNOWN);
        };
    }

    /** The last that is known of the shop is that its order was paid, and not by us. */
    static boolean paidOtherwise(Dossier dossier) {
        return dossier.cases().stream().anyMatch(ShopChangeRules::stands);
    }

    /** The shop says that the order is to be paid, or two persons do. */
    static void notPaidOtherwise(Turn turn) {
        mark(turn, ShopChangeRules::stands, Reason.SHOP_ORDER_PENDING);
    }

    /** Nothing came here and nothing is expected: nobody has to look, and the shop is still told nothing. */
    static void nothingCame(Turn turn) {
        mark(turn, each -> stands(each) && each.open(), Reason.NOTHING_CAME);
    }

    private static Outcome paid(Live state, Turn turn, ShopOrderChanged changed) {
        return state instanceof Undecided undecided ? paidOtherwise(undecided, turn) : confirmed(state, turn, changed);
    }

    private static Outcome paidOtherwise(Undecided state, Turn turn) {
        if (paidOtherwise(turn.dossier())) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.ORDER_PAID_OTHERWISE);
        }
        turn.openCase(
                CaseKind.SHOP_DISAGREES,
                Reason.ORDER_PAID_OTHERWISE.code(),
                "paid",
                0,
                "",
                turn.dossier().order().amount());
        if (atRest(state, turn.dossier())) {
            nothingCame(turn);
        }
        return Outcome.applied(closedFor(state, turn), Reason.ORDER_PAID_OTHERWISE);
    }

    /** It ended without money and waits for its archive: buyers often pay in another way then. */
    private static boolean atRest(Undecided state, Dossier dossier) {
        return state instanceof NotPaid
                && dossier.timer(TimerKind.ORDER_TIME, 0).isEmpty()
                && dossier.timer(TimerKind.LATE_WINDOW, 0).isEmpty();
    }

    /** The buyer is led nowhere any more; a page that is out, or a doubt about money, stays what it is. */
    private static Undecided closedFor(Undecided state, Turn turn) {
        return switch (state) {
            case AwaitingBuyer awaiting -> awaiting.close(turn.dossier(), true);
            case Verifying verifying -> {
                CashierCalls.stopWaiting(turn, 0);
                yield verifying.close(turn.dossier(), true);
            }
            case NotPaid notPaid -> notPaid.close(turn.dossier(), true);
            case InProgress inProgress -> inProgress.stay(turn.dossier());
            case UnderReview review -> review.stay(turn.dossier());
        };
    }

    /** Our money and the shop's word agree; its total may have been changed meanwhile. */
    private static Outcome confirmed(Live state, Turn turn, ShopOrderChanged changed) {
        if (sameMoney(turn.dossier().order().amount(), changed)) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.SHOP_CONFIRMS);
        }
        boolean opened = turn.openCase(
                CaseKind.SHOP_DISAGREES,
                Reason.SHOP_TOTAL_DIFFERS.code(),
                said(changed),
                0,
                "",
                turn.dossier().order().amount());
        Live same = state.stay(turn.dossier());
        return opened
                ? Outcome.applied(same, Reason.SHOP_TOTAL_DIFFERS)
                : Outcome.noted(same, Reason.SHOP_TOTAL_DIFFERS);
    }

    /** What is not said is not compared: the full order is documented, and a shorter one was seen in its example. */
    private static boolean sameMoney(Money paid, ShopOrderChanged changed) {
        BigDecimal total = changed.total();
        String currency = changed.currency();
        return (total == null || total.compareTo(paid.getAmount()) == 0)
                && (currency == null || currency.equals(paid.getCurrencyUnit().getCode()));
    }

    private static String said(ShopOrderChanged changed) {
        BigDecimal total = changed.total();
        return (total == null ? "no total" : total.stripTrailingZeros().toPlainString())
                + (changed.currency() == null ? "" : " " + changed.currency());
    }

    /** Ours, where we told failed before; the owner's, where money is here. */
    private static Outcome failed(Live state, Turn turn) {
        boolean ours = turn.dossier().message(NotifyStatus.FAILED).isPresent();
        if (ours || !(state instanceof Approved approved)) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.SHOP_SAYS_FAILED);
        }
        boolean opened = turn.openCase(
                CaseKind.SHOP_DISAGREES,
                Reason.SHOP_DISAGREES.code(),
                "failed",
                0,
                "",
                turn.dossier().order().amount());
        return opened
                ? Outcome.applied(approved.stay(turn.dossier()), Reason.SHOP_DISAGREES)
                : Outcome.noted(approved.stay(turn.dossier()), Reason.SHOP_DISAGREES);
    }

    /** The owner took the payment by hand back. That the order pends says nothing else: it began so. */
    private static Outcome pending(Live state, Turn turn) {
        if (!paidOtherwise(turn.dossier())) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.SHOP_ORDER_PENDING);
        }
        notPaidOtherwise(turn);
        return Outcome.applied(state.stay(turn.dossier()), Reason.SHOP_ORDER_PENDING);
    }

    private static boolean stands(Case each) {
        return each.reason().equals(Reason.ORDER_PAID_OTHERWISE.code())
                && (each.open() || each.resolution().equals(Reason.NOTHING_CAME.code()));
    }

    private static void mark(Turn turn, Predicate<Case> which, Reason by) {
        turn.change(dossier -> dossier.withCases(dossier.cases().stream()
                .map(each -> which.test(each) ? each.resolved(turn.now(), by.code()) : each)
                .toList()));
    }
}
