package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Fact.CheckoutReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a verified checkout form begins, and what the same form does when it comes again. */
final class CheckoutRules {

    private CheckoutRules() {}

    /** The dossier of a payment that its first form opens, before the event is counted. */
    static Dossier dossierOf(Event event, CheckoutReceived form) {
        return new Dossier(
                event.paymentId(),
                event.merchantId(),
                event.environment(),
                Order.of(form, event.occurredAt()),
                form.plan(),
                buyerOf(form),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                event.occurredAt(),
                0,
                List.of());
    }

    static Outcome first(Turn turn) {
        AwaitingBuyer born = AwaitingBuyer.born(turn.dossier());
        turn.armAt(TimerKind.ORDER_TIME, 0, turn.dossier().order().timeEnds());
        return admit(born, turn);
    }

    static Outcome again(Live state, Turn turn, CheckoutReceived form) {
        if (!form.contentDigest().equals(turn.dossier().order().contentDigest())) {
            return Outcome.refused(state.stay(turn.dossier()), Reason.CHECKOUT_CONTENT_DIFFERS);
        }
        boolean otherKey = !form.mozelloKeyId().equals(turn.dossier().order().mozelloKeyId());
        turn.change(dossier -> dossier.with(dossier.order().verifiedBy(form.mozelloKeyId())));
        if (overtaken(state, turn)) {
            return repeated(state, turn, otherKey, Reason.CHECKOUT_OVERTAKEN);
        }
        return switch (state) {
            case AwaitingBuyer awaiting when form.holds().isEmpty() -> planAnew(awaiting, turn, form);
            case AwaitingBuyer awaiting
            when HoldReason.allLiftedByTheShop(form.holds()) -> compareAnew(awaiting, turn, form);
            case InProgress inProgress
            when hasUntakenPage(turn.dossier()) -> {
                turn.change(dossier -> dossier.withAttempts(CheckoutRules::pageTaken));
                yield Outcome.applied(inProgress.stay(turn.dossier()), Reason.PAGE_WITHDRAWN);
            }
            case NotPaid notPaid -> nextAttempt(notPaid, turn, form);
            case AwaitingBuyer same -> repeated(same, turn, otherKey, Reason.CHECKOUT_REPEATED);
            case InProgress same -> repeated(same, turn, otherKey, Reason.CHECKOUT_REPEATED);
            case Approved same -> repeated(same, turn, otherKey, Reason.CHECKOUT_REPEATED);
            case Verifying same -> repeated(same, turn, otherKey, Reason.CHECKOUT_REPEATED);
            case UnderReview same -> repeated(same, turn, otherKey, Reason.CHECKOUT_REPEATED);
        };
    }

    /**
     * The second of two clicks, or a form that an edge held up, may be decided after what the first one began has ended. Sent
     * before that was known, it does not ask for another attempt. A shop's form carries no number of ours, so its time tells:
     * one that is far behind is not believed, because then a clock is wrong and the buyer could never begin again.
     */
    private static boolean overtaken(Live state, Turn turn) {
        Instant sent = turn.event().occurredAt();
        return switch (state) {
            case AwaitingBuyer awaiting -> overtaken(sent, awaiting.time());
            case NotPaid notPaid -> overtaken(sent, notPaid.time());
            case InProgress no -> false;
            case Approved no -> false;
            case Verifying no -> false;
            case UnderReview no -> false;
        };
    }

    private static boolean overtaken(Instant sent, Instant known) {
        return sent.isBefore(known) && sent.isAfter(known.minus(Limits.FORM_ON_ITS_WAY));
    }

    /** Goes on, or holds the payment: what is held never reaches the Cashier. */
    private static Outcome admit(Undecided from, Turn turn) {
        List<HoldReason> holds = turn.dossier().order().holds();
        if (holds.isEmpty()) {
            return Attempts.begin(from, turn, null, false);
        }
        if (HoldReason.allLiftedByTheShop(holds)) {
            askTheShop(turn);
            return Outcome.applied(verifying(from, turn.dossier()), Reason.SHOP_ASKED);
        }
        return Outcome.applied(hold(from, turn, Reason.HELD), Reason.HELD);
    }

    private static Verifying verifying(Undecided from, Dossier dossier) {
        return switch (from) {
            case AwaitingBuyer born -> born.verify(dossier);
            case NotPaid notPaid -> notPaid.verify(dossier);
            case InProgress no ->
                throw new IllegalStateException("the shop is not asked while an attempt is open: " + no);
            case Verifying no -> throw new IllegalStateException("the shop is being asked already: " + no);
            case UnderReview no -> throw new IllegalStateException("a person has decided: " + no);
        };
    }

    private static UnderReview hold(Undecided from, Turn turn, Reason why) {
        for (HoldReason hold : turn.dossier().order().holds()) {
            turn.openCase(CaseKind.UNDER_REVIEW, why.code(), hold.code() + ": " + hold.detail(), 0, "", null);
        }
        return from.review(turn.dossier());
    }

    private static void askTheShop(Turn turn) {
        Order order = turn.dossier().order();
        var notAfter = turn.now().plus(Limits.SHOP_NOT_AFTER);
        turn.command(head -> new Command.CompareOrder(head, order.invoiceId(), order.amount(), notAfter));
        turn.armAt(
                TimerKind.CASHIER_ANSWER, 0, notAfter.plus(Limits.CALL_DEADLINE).plus(Limits.REPORT_SLACK));
    }

    /** The buyer came back before anything was tried: the newest form and plan count. */
    private static Outcome planAnew(AwaitingBuyer awaiting, Turn turn, CheckoutReceived form) {
        Optional<Reason> refusal = Attempts.refusal(turn.dossier());
        if (refusal.isPresent()) {
            return Outcome.refused(awaiting.stay(turn.dossier()), refusal.get());
        }
        turn.change(dossier -> dossier.with(form.plan()).withBuyer(buyerOf(form)));
        return Attempts.begin(awaiting, turn, null, awaiting.confirmed());
    }

    /** The same for a shop that is asked before money is: much may have happened to its order meanwhile. */
    private static Outcome compareAnew(AwaitingBuyer awaiting, Turn turn, CheckoutReceived form) {
        Optional<Reason> refusal = Attempts.refusal(turn.dossier());
        if (refusal.isPresent()) {
            return Outcome.refused(awaiting.stay(turn.dossier()), refusal.get());
        }
        turn.change(dossier -> dossier.with(form.plan())
                .withBuyer(buyerOf(form))
                .with(dossier.order().holding(form.holds())));
        return admit(awaiting, turn);
    }

    /** A new checkout of an order that was not paid: its time begins anew. */
    private static Outcome nextAttempt(NotPaid notPaid, Turn turn, CheckoutReceived form) {
        boolean theShopDecides = HoldReason.allLiftedByTheShop(form.holds());
        Optional<Reason> refusal =
                theShopDecides ? Attempts.refusal(turn.dossier()) : Attempts.refusalHere(turn.dossier());
        if (refusal.isPresent()) {
            return Outcome.refused(notPaid.stay(turn.dossier()), refusal.get());
        }
        turn.disarm(TimerKind.RETIREMENT, 0);
        turn.disarm(TimerKind.LATE_WINDOW, 0);
        turn.change(dossier -> dossier.with(form.plan())
                .withBuyer(buyerOf(form))
                .with(dossier.order().holding(form.holds())));
        restartOrderTime(turn);
        return admit(notPaid, turn);
    }

    private static void restartOrderTime(Turn turn) {
        var ends = turn.now().plus(turn.dossier().plan().orderTime());
        turn.change(dossier -> dossier.with(dossier.order().payableFrom(turn.now(), ends)));
        turn.armAt(TimerKind.ORDER_TIME, 0, ends);
    }

    /** The shop's answer about the order, or its silence. */
    static Outcome onShop(Live state, Turn turn, @Nullable ShopOutcome outcome) {
        if (!(state instanceof Verifying verifying)) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.SHOP_NOT_ASKED);
        }
        CashierCalls.stopWaiting(turn, 0);
        return switch (outcome) {
            case ShopOutcome.OrderMatches() -> stillToBePaid(verifying, turn);
            case ShopOutcome.OrderDiffers differs
            when differs.onlyFailed() && weSaidFailed(turn.dossier()) -> stillToBePaid(verifying, turn);
            case ShopOutcome.OrderDiffers differs -> {
                String what = String.join(", ", differs.differences());
                turn.openCase(CaseKind.UNDER_REVIEW, Reason.SHOP_ORDER_DIFFERS.code(), what, 0, "", null);
                yield Outcome.applied(verifying.review(turn.dossier()), Reason.SHOP_ORDER_DIFFERS);
            }
            case ShopOutcome.ShopUnreachable unreachable -> askLater(verifying, turn);
            case null -> askLater(verifying, turn);
        };
    }

    /** By the word of those who must know: the shop, or two persons. */
    private static Outcome stillToBePaid(Undecided from, Turn turn) {
        ShopChangeRules.notPaidOtherwise(turn);
        return goOn(from, turn);
    }

    /** Nothing holds the payment any more: now money may be asked for. */
    private static Outcome goOn(Undecided from, Turn turn) {
        Order order = turn.dossier().order();
        if (order.holds().stream().anyMatch(HoldReason::liftedByTheShop)) {
            turn.command(head -> new Command.IndexOrder(head, order.integrationId(), order.invoiceId()));
        }
        turn.change(dossier -> dossier.with(dossier.order().holding(List.of())));
        return Attempts.begin(from, turn, null, false);
    }

    /** A shop that was told failed says so; the buyer came back from there to pay after all. */
    private static boolean weSaidFailed(Dossier dossier) {
        return dossier.message(NotifyStatus.FAILED).isPresent();
    }

    private static Outcome askLater(Verifying verifying, Turn turn) {
        Dossier dossier = turn.dossier();
        boolean mayGoOn = dossier.order().holds().stream().allMatch(HoldReason::liftedBySilence)
                && !ShopChangeRules.paidOtherwise(dossier);
        if (mayGoOn && verifying.asked() > Limits.SHOP_RETRIES_BEFORE_GOING_ON) {
            return Outcome.applied(goOn(verifying, turn).next(), Reason.SHOP_PASSED_OVER);
        }
        if (verifying.asked() > Limits.MAX_SHOP_RETRIES) {
            turn.openCase(CaseKind.UNDER_REVIEW, Reason.SHOP_UNREACHABLE.code(), "", 0, "", null);
            return Outcome.applied(verifying.review(turn.dossier()), Reason.SHOP_UNREACHABLE);
        }
        turn.arm(TimerKind.CASHIER_RETRY, 0, Limits.backoff(verifying.asked()));
        return Outcome.applied(verifying.stay(turn.dossier()), Reason.SHOP_ASKED_LATER);
    }

    /** The wait before the shop is asked again is over. */
    static Outcome askAgain(Verifying verifying, Turn turn) {
        askTheShop(turn);
        return Outcome.applied(verifying.askedAgain(turn.dossier()), Reason.SHOP_ASKED);
    }

    /** Two persons lifted the hold: the payment goes on as if it had just come. */
    static Outcome released(UnderReview held, Turn turn) {
        restartOrderTime(turn);
        return stillToBePaid(held, turn);
    }

    private static Outcome repeated(Live state, Turn turn, boolean otherKey, Reason reason) {
        Live same = state.stay(turn.dossier());
        return otherKey ? Outcome.applied(same, reason) : Outcome.noted(same, reason);
    }

    /** A browser may have opened the single-use page; whoever comes with the form again is another tab. */
    private static boolean hasUntakenPage(Dossier dossier) {
        return dossier.attempts().stream()
                .anyMatch(attempt -> !pageTaken(attempt).equals(attempt));
    }

    private static Attempt pageTaken(Attempt attempt) {
        return attempt.page() != null && attempt.route().singleUsePage()
                ? attempt.with(attempt.page().asTaken())
                : attempt;
    }

    private static List<SealedData> buyerOf(CheckoutReceived form) {
        return form.buyer() == null ? List.of() : List.of(form.buyer());
    }
}
