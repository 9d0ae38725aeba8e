package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Act.AccountReleased;
import dev.intermezzo.orchestrator.payment.Act.CaseResolved;
import dev.intermezzo.orchestrator.payment.Act.RefundRecorded;
import dev.intermezzo.orchestrator.payment.Act.RefundRequested;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.CheckoutReceived;
import dev.intermezzo.orchestrator.payment.Fact.ExecutionStarted;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import dev.intermezzo.orchestrator.payment.Fact.TimerFired;
import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What may still happen to stubs and to money without a payment. */
final class ArchiveRules {

    /** A stub has no plan: nothing new begins. */
    private static final PaymentPlan NO_PLAN =
            new PaymentPlan("", "", List.of(), Duration.ZERO, NoWordPolicy.NOTHING, false, false);

    private ArchiveRules() {}

    /** Approved money whose payment is not here. */
    static Orphan orphan(Event event, WebhookFacts facts) {
        Case open = newCase(event, event.paymentId(), 1, CaseKind.ORPHAN_PAYMENT, Reason.ORPHANED, facts, null);
        return new Orphan(
                event.paymentId(),
                event.merchantId(),
                event.environment(),
                facts,
                List.of(open),
                event.occurredAt(),
                1,
                List.of(event.id()));
    }

    static Outcome onOrphan(Orphan orphan, Event event) {
        return switch (event.fact()) {
            case OperatorActed acted
            when acted.act() instanceof CaseResolved resolved -> {
                Resolution resolution = resolve(orphan.cases(), event, acted, resolved);
                yield new Outcome(orphan.taking(event, resolution.cases()), resolution.verdict(), resolution.reason());
            }
            case Fact.WebhookOrphaned again -> Outcome.noted(orphan.taking(event, orphan.cases()), Reason.ORPHANED);
            case WebhookReceived again -> Outcome.noted(orphan.taking(event, orphan.cases()), Reason.ORPHANED);
            default -> Outcome.refused(orphan.taking(event, orphan.cases()), Reason.NOT_A_PAYMENT);
        };
    }

    /**
     * @param turn of {@link #revived}, which has taken the event
     */
    static Outcome onRetired(Retired stub, Turn turn, Event event) {
        return switch (event.fact()) {
            case CheckoutReceived form -> onCheckout(stub, turn, form);
            case WebhookReceived received
            when refundOf(stub, received.attempt()) ->
                asPayment(stub, turn, payment -> WebhookRules.onWebhook(payment, turn, received));
            case WebhookReceived received -> onWebhook(stub, turn, received.webhook());
            case CashierAnswered answer
            when refundOf(stub, answer.attempt()) ->
                asPayment(stub, turn, payment -> RefundRules.onAnswer(payment, turn, answer));
            case ExecutionStarted started
            when refundOf(stub, started.attempt()) ->
                asPayment(stub, turn, payment -> RefundRules.onStarted(payment, turn, started));
            case TimerFired fired -> onTimer(stub, turn, fired);
            case OperatorActed acted
            when fitsAStub(stub, acted.act()) ->
                asPayment(stub, turn, payment -> OperatorRules.onAct(payment, turn, acted));
            default -> Outcome.refused(stub.after(turn.dossier()), Reason.PAYMENT_RETIRED);
        };
    }

    private static boolean refundOf(Retired stub, int number) {
        return stub.refunds().stream().anyMatch(refund -> refund.number() == number);
    }

    private static boolean fitsAStub(Retired stub, Act act) {
        return switch (act) {
            case CaseResolved resolved -> true;
            case AccountReleased released -> true;
            case RefundRequested wish -> !stub.expired();
            case RefundRecorded made -> !stub.expired();
            case Act.ShopReleased released -> false;
            case Act.ReviewDecided decided -> false;
            case Act.OrphanAttached attached -> false;
            case Act.PayOutRequested wish -> false;
        };
    }

    private static Outcome asPayment(Retired stub, Turn turn, Function<Approved, Outcome> rule) {
        Outcome outcome = rule.apply(new Approved(turn.dossier()));
        return new Outcome(stub.after(turn.dossier()), outcome.verdict(), outcome.reason());
    }

    /**
     * The stub as the payment that it was, as far as refunds can tell: what is left of its money, approved in one attempt.
     * Refunds from before stand in as refused ones, which count for nothing but their numbers.
     */
    static Dossier revived(Retired stub) {
        List<Refund> refunds = new ArrayList<>();
        for (int earlier = 1; earlier <= stub.earlierRefunds(); earlier++) {
            refunds.add(new Refund(
                    "",
                    Dossier.MAX_ATTEMPTS + earlier,
                    Money.zero(stub.amount().getCurrencyUnit()),
                    "",
                    "",
                    List.of(),
                    RefundStatus.REFUSED,
                    Calls.NONE,
                    List.of(),
                    "",
                    false));
        }
        refunds.addAll(stub.refunds());
        return new Dossier(
                stub.paymentId(),
                stub.merchantId(),
                stub.environment(),
                orderOf(stub),
                NO_PLAN,
                List.of(),
                stub.transactionIds().isEmpty() ? List.of() : List.of(approvedAttempt(stub)),
                refunds,
                stub.cases(),
                List.of(),
                stub.timers(),
                null,
                stub.time(),
                stub.sequence(),
                stub.recentEvents());
    }

    private static Order orderOf(Retired stub) {
        return new Order(
                "",
                "",
                stub.amount(),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                stub.contentDigest(),
                List.of(),
                stub.time(),
                stub.time());
    }

    private static Attempt approvedAttempt(Retired stub) {
        PlannedRoute route = new PlannedRoute(
                stub.provider(),
                stub.account(),
                OperationKind.OPENS_PAGE,
                true,
                List.of(),
                List.of(),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                false,
                true,
                false);
        Money left = stub.amount().minus(stub.refunded());
        Transaction money = new Transaction(stub.transactionIds(), TransactionStatus.APPROVED, left);
        return Attempt.opening(1, route, stub.amount(), NO_PLAN, stub.time(), null)
                .with(AttemptStatus.APPROVED)
                .withTransactions(List.of(money));
    }

    private static Outcome onCheckout(Retired stub, Turn turn, CheckoutReceived form) {
        if (stub.expired()) {
            boolean opened =
                    turn.openCase(CaseKind.UNDER_REVIEW, Reason.CHECKOUT_AFTER_EXPIRY.code(), "", 0, "", form.amount());
            Retired held = stub.after(turn.dossier());
            return opened
                    ? Outcome.applied(held, Reason.CHECKOUT_AFTER_EXPIRY)
                    : Outcome.noted(held, Reason.CHECKOUT_AFTER_EXPIRY);
        }
        Retired same = stub.after(turn.dossier());
        if (!stub.isAbout(form.contentDigest())) {
            return Outcome.refused(same, Reason.CHECKOUT_CONTENT_DIFFERS);
        }
        return stub.outcome() == StateKind.APPROVED
                ? Outcome.noted(same, Reason.CHECKOUT_REPEATED)
                : Outcome.refused(same, Reason.PAYMENT_RETIRED);
    }

    private static Outcome onWebhook(Retired stub, Turn turn, WebhookFacts facts) {
        Optional<Reason> unusable = WebhookRules.unusable(facts);
        if (unusable.isPresent()) {
            return Outcome.noted(stub.after(turn.dossier()), unusable.get());
        }
        boolean known =
                facts.account().equals(stub.account()) && stub.transactionIds().contains(facts.transactionId());
        return switch (facts.status()) {
            case APPROVED ->
                known
                        ? Outcome.noted(stub.after(turn.dossier()), Reason.APPROVED_BEFORE)
                        : open(stub, turn, CaseKind.ORPHAN_PAYMENT, Reason.APPROVED_AFTER_RETIREMENT, facts, null);
            case DECLINED ->
                known
                        ? open(stub, turn, CaseKind.REVERSAL, Reason.DECLINED_AFTER_APPROVAL, facts, stub.amount())
                        : Outcome.noted(stub.after(turn.dossier()), Reason.TRANSACTION_DECLINED);
            case UNKNOWN ->
                known
                        ? open(
                                stub,
                                turn,
                                CaseKind.REVERSAL,
                                Reason.STATUS_UNKNOWN_AFTER_APPROVAL,
                                facts,
                                stub.amount())
                        : Outcome.noted(stub.after(turn.dossier()), Reason.WEBHOOK_STATUS_UNKNOWN);
            case PENDING -> Outcome.noted(stub.after(turn.dossier()), Reason.TRANSACTION_PENDING);
        };
    }

    private static Outcome open(
            Retired stub, Turn turn, CaseKind kind, Reason reason, WebhookFacts facts, @Nullable Money money) {
        boolean opened = turn.openCase(kind, reason.code(), "", 0, facts.transactionId(), money);
        Retired next = stub.after(turn.dossier());
        return opened ? Outcome.applied(next, reason) : Outcome.noted(next, reason);
    }

    /** Only a timer that is armed gets here. */
    private static Outcome onTimer(Retired stub, Turn turn, TimerFired fired) {
        if (fired.kind() != TimerKind.RETIREMENT) {
            return asPayment(stub, turn, payment -> TimerRules.onTimer(payment, turn, fired, stub.time()));
        }
        turn.disarm(TimerKind.RETIREMENT, 0);
        Instant quietUntil = stub.time().plus(Limits.STUB_LIFE);
        boolean busy = stub.cases().stream().anyMatch(Case::open)
                || stub.refunds().stream().anyMatch(Refund::inFlight);
        if (busy || (!TimerRules.nothingSince(turn, fired) && turn.now().isBefore(quietUntil))) {
            turn.armAt(TimerKind.RETIREMENT, 0, busy ? turn.now().plus(Limits.STUB_LIFE) : quietUntil);
            return Outcome.applied(stub.after(turn.dossier()), Reason.RETIREMENT_POSTPONED);
        }
        return Outcome.applied(stub.expire(turn.dossier()), Reason.STUB_EXPIRED);
    }

    private static Case newCase(
            Event event,
            String paymentId,
            long sequence,
            CaseKind kind,
            Reason reason,
            WebhookFacts facts,
            @Nullable Money money) {
        Instant at = event.occurredAt();
        return new Case(
                paymentId + '#' + sequence + ".1",
                kind,
                reason.code(),
                "",
                0,
                facts.transactionId(),
                money,
                at,
                null,
                "");
    }

    private record Resolution(List<Case> cases, Verdict verdict, Reason reason) {}

    private static Resolution resolve(List<Case> cases, Event event, OperatorActed acted, CaseResolved wish) {
        if (!acted.byTwoPersons()) {
            return new Resolution(cases, Verdict.REFUSED, Reason.SECOND_PERSON_NEEDED);
        }
        if (cases.stream().noneMatch(each -> each.id().equals(wish.caseId()))) {
            return new Resolution(cases, Verdict.REFUSED, Reason.CASE_UNKNOWN);
        }
        List<Case> resolved = cases.stream()
                .map(each -> each.open() && each.id().equals(wish.caseId())
                        ? each.resolved(event.occurredAt(), acted.operator() + " and " + acted.approver())
                        : each)
                .toList();
        return resolved.equals(cases)
                ? new Resolution(cases, Verdict.NOTED, Reason.CASE_RESOLVED_BEFORE)
                : new Resolution(resolved, Verdict.APPLIED, Reason.CASE_RESOLVED);
    }
}
