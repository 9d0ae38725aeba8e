package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine: what follows from an event. A pure, total function: the same events in the same order always give the
 * same decisions. It throws only where the program itself is wrong; such a payment is quarantined by its caller.
 */
public final class Decider {

    /**
     * Version of the rules. A ledger entry names it, and is reproduced by a build of the same version only: raise it with
     * any change that decides an event otherwise than before.
     */
    public static final int DECIDER_VERSION = 7;

    private Decider() {}

    /**
     * Decides one event.
     *
     * @param state null: no payment of this id is known
     * @throws IllegalStateException when the event belongs to another payment, or a rule made an illegal transition
     */
    public static Decision decide(@Nullable PaymentState state, Event event) {
        if (state == null) {
            return beginning(event);
        }
        if (!state.paymentId().equals(event.paymentId())) {
            throw new IllegalStateException(
                    "event " + event.id() + " of " + event.paymentId() + " was given to " + state.paymentId());
        }
        if (state.recentEvents().contains(event.id())) {
            return repeated(state, Reason.EVENT_REPEATED);
        }
        return switch (state) {
            case Live live -> live(live, event);
            case Retired stub -> retired(stub, event);
            case FreePayOut payOut -> payOut(payOut, event);
            case Orphan orphan ->
                event.fact() instanceof Fact.TimerFired
                        ? repeated(orphan, Reason.TIMER_NOT_ARMED)
                        : withoutCommands(orphan, event, ArchiveRules.onOrphan(orphan, event));
        };
    }

    private static Decision beginning(Event event) {
        return switch (event.fact()) {
            case Fact.CheckoutReceived form -> {
                Dossier dossier = CheckoutRules.dossierOf(event, form).taking(event.id(), event.occurredAt());
                Turn turn = new Turn(dossier, event);
                yield decision(null, turn, CheckoutRules.first(turn));
            }
            case Fact.WebhookReceived received -> moneyWithoutPayment(event, received.webhook());
            case Fact.WebhookOrphaned orphaned -> moneyWithoutPayment(event, orphaned.webhook());
            case Fact.OperatorActed acted
            when acted.act() instanceof Act.PayOutRequested wish -> payOutWithoutPayment(event, acted, wish);
            default -> unknownPayment();
        };
    }

    private static Decision payOutWithoutPayment(Event event, Fact.OperatorActed acted, Act.PayOutRequested wish) {
        Optional<Reason> refusal = PayOutRules.refusal(event, acted, wish);
        if (refusal.isPresent()) {
            return new Decision(null, Verdict.REFUSED, refusal.get(), List.of(), List.of());
        }
        Turn turn = new Turn(PayOutRules.dossierOf(event, wish).taking(event.id(), event.occurredAt()), event);
        return decision(null, turn, PayOutRules.begin(turn, wish));
    }

    private static Decision moneyWithoutPayment(Event event, WebhookFacts facts) {
        boolean money = facts.status() == TransactionStatus.APPROVED
                && WebhookRules.unusable(facts).isEmpty();
        return money
                ? new Decision(
                        ArchiveRules.orphan(event, facts), Verdict.APPLIED, Reason.ORPHANED, List.of(), List.of())
                : unknownPayment();
    }

    private static Decision unknownPayment() {
        return new Decision(null, Verdict.REFUSED, Reason.PAYMENT_UNKNOWN, List.of(), List.of());
    }

    private static Decision live(Live state, Event event) {
        if (event.fact() instanceof Fact.TimerFired fired && !TimerRules.armed(state.dossier(), fired)) {
            return repeated(state, Reason.TIMER_NOT_ARMED);
        }
        Turn turn = new Turn(state.dossier().taking(event.id(), event.occurredAt()), event);
        Outcome outcome = foreign(state, event)
                .map(reason -> Outcome.refused(state.stay(turn.dossier()), reason))
                .orElseGet(() -> apply(state, turn, event));
        return decision(state, turn, outcome);
    }

    private static Decision retired(Retired stub, Event event) {
        Dossier before = ArchiveRules.revived(stub);
        if (event.fact() instanceof Fact.TimerFired fired && !TimerRules.armed(before, fired)) {
            return repeated(stub, Reason.TIMER_NOT_ARMED);
        }
        Turn turn = new Turn(before.taking(event.id(), event.occurredAt()), event);
        return decision(stub, turn, ArchiveRules.onRetired(stub, turn, event));
    }

    private static Decision payOut(FreePayOut state, Event event) {
        Dossier before = PayOutRules.dossierOf(state);
        if (event.fact() instanceof Fact.TimerFired fired && !TimerRules.armed(before, fired)) {
            return repeated(state, Reason.TIMER_NOT_ARMED);
        }
        Turn turn = new Turn(before.taking(event.id(), event.occurredAt()), event);
        Outcome outcome = foreign(state, event)
                .map(reason -> Outcome.refused(FreePayOut.of(turn.dossier()), reason))
                .orElseGet(() -> PayOutRules.on(state, turn, event));
        return decision(state, turn, outcome);
    }

    private static Optional<Reason> foreign(PaymentState state, Event event) {
        if (event.environment() != state.environment()) {
            return Optional.of(Reason.OTHER_ENVIRONMENT);
        }
        boolean otherMerchant =
                !event.merchantId().isEmpty() && !event.merchantId().equals(state.merchantId());
        return otherMerchant ? Optional.of(Reason.OTHER_MERCHANT) : Optional.empty();
    }

    private static Outcome apply(Live state, Turn turn, Event event) {
        return switch (event.fact()) {
            case Fact.CheckoutReceived form -> CheckoutRules.again(state, turn, form);
            case Fact.BuyerDetailsSubmitted details -> BuyerRules.onDetails(state, turn, details);
            case Fact.BuyerAskedAgain wish -> BuyerRules.onAskedAgain(state, turn, wish);
            case Fact.BuyerGaveUp gaveUp -> BuyerRules.onGaveUp(state, turn);
            case Fact.WebhookReceived received -> WebhookRules.onWebhook(state, turn, received);
            case Fact.WebhookOrphaned orphaned -> WebhookRules.unknownAttempt(state, turn, 0, orphaned.webhook());
            case Fact.CashierAnswered answer -> CashierAnswerRules.onAnswer(state, turn, answer);
            case Fact.ShopAnswered answer -> CheckoutRules.onShop(state, turn, answer.outcome());
            case Fact.ShopOrderChanged changed -> ShopChangeRules.onChange(state, turn, changed);
            case Fact.OperatorActed acted -> OperatorRules.onAct(state, turn, acted);
            case Fact.TimerFired fired -> TimerRules.onTimer(state, turn, fired, state.time());
            case Fact.NotificationEnded ended -> Messages.onEnd(state, turn, ended);
            case Fact.ExecutionStarted started -> RefundRules.onStarted(state, turn, started);
        };
    }

    private static Decision repeated(PaymentState state, Reason reason) {
        return new Decision(state, Verdict.REPEATED, reason, List.of(), List.of());
    }

    private static Decision withoutCommands(PaymentState from, Event event, Outcome outcome) {
        legal(from, event, outcome);
        return new Decision(outcome.next(), outcome.verdict(), outcome.reason(), List.of(), List.of());
    }

    private static Decision decision(@Nullable PaymentState from, Turn turn, Outcome outcome) {
        legal(from, turn.event(), outcome);
        boolean asksForSomething = !turn.commands().isEmpty() || !turn.timers().isEmpty();
        if (outcome.verdict() == Verdict.REFUSED && asksForSomething) {
            throw new IllegalStateException(
                    "refused with commands or timers: " + turn.event().id());
        }
        // A fact without effect that taught us a name still has to be told to the correlator.
        Verdict verdict = asksForSomething ? Verdict.APPLIED : outcome.verdict();
        return new Decision(outcome.next(), verdict, outcome.reason(), turn.commands(), turn.timers());
    }

    private static void legal(@Nullable PaymentState from, Event event, Outcome outcome) {
        EventKind kind = EventKind.of(event.fact());
        StateKind before = from == null ? null : from.kind();
        if (!TransitionTable.allows(before, kind, outcome.next().kind())) {
            throw new IllegalStateException("no transition " + before + " --" + kind + "--> "
                    + outcome.next().kind() + ": " + event.id());
        }
    }
}
