package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Act.AccountReleased;
import dev.intermezzo.orchestrator.payment.Act.CaseResolved;
import dev.intermezzo.orchestrator.payment.Act.OrphanAttached;
import dev.intermezzo.orchestrator.payment.Act.PayOutRequested;
import dev.intermezzo.orchestrator.payment.Act.RefundRecorded;
import dev.intermezzo.orchestrator.payment.Act.RefundRequested;
import dev.intermezzo.orchestrator.payment.Act.ReviewDecided;
import dev.intermezzo.orchestrator.payment.Act.ShopReleased;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** What people decide. Whatever concerns money needs two different persons. */
final class OperatorRules {

    private OperatorRules() {}

    static Outcome onAct(Live state, Turn turn, OperatorActed acted) {
        if (!release(acted.act()) && !acted.byTwoPersons()) {
            return Outcome.refused(state.stay(turn.dossier()), Reason.SECOND_PERSON_NEEDED);
        }
        return switch (acted.act()) {
            case ReviewDecided decided -> onReview(state, turn, acted, decided);
            case CaseResolved resolved -> onCaseResolved(state, turn, acted, resolved);
            case OrphanAttached attached -> onOrphanAttached(state, turn, attached);
            case RefundRequested wish -> RefundRules.onRequest(state, turn, wish);
            case RefundRecorded made -> RefundRules.onRecord(state, turn, made);
            case PayOutRequested wish -> Outcome.refused(state.stay(turn.dossier()), Reason.NOT_A_PAY_OUT);
            case AccountReleased released -> onAccountReleased(state, turn, released);
            case ShopReleased released -> Messages.onShopReleased(state, turn, released);
        };
    }

    /** Lets something go on that was decided before, and so concerns no money. */
    private static boolean release(Act act) {
        return act instanceof AccountReleased || act instanceof ShopReleased;
    }

    // Reviews

    private static Outcome onReview(Live state, Turn turn, OperatorActed acted, ReviewDecided decided) {
        Optional<Reason> refusal = decided.namesCase() ? refusal(turn.dossier(), decided.caseId()) : Optional.empty();
        if (refusal.isPresent()) {
            return Outcome.refused(state.stay(turn.dossier()), refusal.get());
        }
        Optional<Case> subject = turn.dossier().openCases().stream()
                .filter(each -> each.keepsUnderReview()
                        && (!decided.namesCase() || each.id().equals(decided.caseId())))
                .findFirst();
        if (!(state instanceof UnderReview review) || subject.isEmpty()) {
            return Outcome.refused(state.stay(turn.dossier()), Reason.NOT_UNDER_REVIEW);
        }
        return switch (decided.decision()) {
            case ACCEPT ->
                decided.namesCase() && subject.get().attempt() == 0
                        ? release(review, turn, acted, subject.get())
                        : accept(review, turn, acted, subject.get());
            case REFUND -> giveBack(review, turn, acted, subject.get());
            case REJECT -> reject(review, turn, acted, subject.get());
        };
    }

    /** Why nothing can be decided about the case that was looked at. */
    private static Optional<Reason> refusal(Dossier dossier, String caseId) {
        Optional<Case> named = dossier.cases().stream()
                .filter(each -> each.id().equals(caseId))
                .findFirst();
        if (named.isEmpty()) {
            return Optional.of(Reason.CASE_UNKNOWN);
        }
        if (!named.get().open()) {
            return Optional.of(Reason.CASE_RESOLVED_BEFORE);
        }
        return named.get().keepsUnderReview() ? Optional.empty() : Optional.of(Reason.CASE_NEEDS_NO_DECISION);
    }

    /** Only what was looked at is accepted: the payment goes on when nothing else holds it. */
    private static Outcome release(UnderReview review, Turn turn, OperatorActed acted, Case subject) {
        turn.resolveCases(subject::equals, persons(acted));
        return turn.dossier().cases().stream().anyMatch(Case::keepsUnderReview)
                ? Outcome.applied(review.stay(turn.dossier()), Reason.REVIEW_ACCEPTED)
                : CheckoutRules.released(review, turn);
    }

    private static Outcome accept(UnderReview review, Turn turn, OperatorActed acted, Case subject) {
        if (subject.attempt() == 0) {
            turn.resolveCases(each -> each.attempt() == 0 && each.kind() == CaseKind.UNDER_REVIEW, persons(acted));
            return CheckoutRules.released(review, turn);
        }
        if (Approvals.sandboxMoneyForALiveShop(turn.dossier())) {
            return Outcome.refused(review.stay(turn.dossier()), Reason.SANDBOX_MONEY_FOR_LIVE_SHOP);
        }
        turn.resolveCases(subject::equals, persons(acted));
        Attempt attempt = credited(turn, subject);
        turn.put(attempt.with(AttemptStatus.APPROVED));
        CashierCalls.stopWaiting(turn, attempt.number());
        return Outcome.applied(Approvals.approve(review, turn), Reason.REVIEW_ACCEPTED);
    }

    /** The money is here and goes back: it stays a surplus until a refund, or an agreement, closes that case. */
    private static Outcome giveBack(UnderReview review, Turn turn, OperatorActed acted, Case subject) {
        if (subject.attempt() == 0) {
            return Outcome.refused(review.stay(turn.dossier()), Reason.NOTHING_TO_REFUND);
        }
        turn.resolveCases(subject::equals, persons(acted));
        Attempt attempt = credited(turn, subject);
        turn.put(attempt);
        turn.openCase(
                CaseKind.SURPLUS_PAYMENT,
                Reason.REVIEW_REFUND.code(),
                "",
                subject.attempt(),
                subject.transactionId(),
                countable(turn.dossier(), subject));
        return leave(review, turn, Reason.REVIEW_REFUND);
    }

    private static Outcome reject(UnderReview review, Turn turn, OperatorActed acted, Case subject) {
        turn.resolveCases(
                subject.attempt() == 0
                        ? each -> each.kind() == CaseKind.UNDER_REVIEW && each.attempt() == 0
                        : subject::equals,
                persons(acted));
        return leave(review, turn, Reason.REVIEW_REJECTED);
    }

    /** The payment is not paid, unless something else still has to be looked at. */
    private static Outcome leave(UnderReview review, Turn turn, Reason reason) {
        return turn.dossier().cases().stream().anyMatch(Case::keepsUnderReview)
                ? Outcome.applied(review.stay(turn.dossier()), reason)
                : Outcome.applied(Closing.byDecision(review, turn), reason);
    }

    /** The case's attempt with the case's money counted as received. */
    private static Attempt credited(Turn turn, Case subject) {
        Attempt attempt = turn.dossier().attempt(subject.attempt()).orElseThrow();
        String id = subject.transactionId().isEmpty() ? Transaction.standIn(subject) : subject.transactionId();
        Attempt named = attempt.naming(List.of(id));
        Transaction transaction = named.transaction(id).orElseThrow();
        return transaction.status() == TransactionStatus.APPROVED
                ? named
                : named.withTransaction(transaction.approvedWith(countable(turn.dossier(), subject)));
    }

    /** Money of another currency, or of no readable amount, is accepted as what was asked for. */
    private static Money countable(Dossier dossier, Case subject) {
        Money asked = dossier.order().amount();
        Money received = subject.received();
        return received != null && received.getCurrencyUnit().equals(asked.getCurrencyUnit()) ? received : asked;
    }

    // Cases and orphans

    private static Outcome onCaseResolved(Live state, Turn turn, OperatorActed acted, CaseResolved resolved) {
        List<Case> known = turn.dossier().cases().stream()
                .filter(each -> each.id().equals(resolved.caseId()))
                .toList();
        if (known.isEmpty()) {
            return Outcome.refused(state.stay(turn.dossier()), Reason.CASE_UNKNOWN);
        }
        if (!known.getFirst().open()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.CASE_RESOLVED_BEFORE);
        }
        if (state instanceof UnderReview && known.getFirst().keepsUnderReview()) {
            return Outcome.refused(state.stay(turn.dossier()), Reason.REVIEW_NEEDS_DECISION);
        }
        turn.resolveCases(each -> each.id().equals(resolved.caseId()), persons(acted));
        return Outcome.applied(state.stay(turn.dossier()), Reason.CASE_RESOLVED);
    }

    /** Only equal money, of an account that this payment used, may be attached, and only once. */
    private static Outcome onOrphanAttached(Live state, Turn turn, OrphanAttached attached) {
        WebhookFacts facts = attached.webhook();
        Dossier dossier = turn.dossier();
        Optional<Attempt> attempt = dossier.attempts().reversed().stream()
                .filter(each -> each.route().account().equals(facts.account()))
                .findFirst();
        if (attempt.isEmpty()
                || WebhookRules.unusable(facts).isPresent()
                || facts.status() != TransactionStatus.APPROVED) {
            return Outcome.refused(state.stay(dossier), Reason.ORPHAN_NOT_ATTACHABLE);
        }
        if (dossier.attemptWith(facts.account(), facts.transactionId()).isPresent()) {
            return Outcome.refused(state.stay(dossier), Reason.ORPHAN_ATTACHED_BEFORE);
        }
        boolean mayBeAbsent = attempt.get().route().webhookCurrencyMayBeAbsent();
        if (!MoneyMatch.of(dossier.order().amount(), facts.amount(), facts.currency(), mayBeAbsent)
                .matches()) {
            return Outcome.refused(state.stay(dossier), Reason.ORPHAN_MONEY_DIFFERS);
        }
        Attempt named = CashierCalls.learn(turn, attempt.get(), List.of(facts.transactionId()));
        turn.resolveCases(
                each -> each.kind() == CaseKind.ORPHAN_PAYMENT
                        && each.transactionId().equals(facts.transactionId()),
                Reason.ORPHAN_ATTACHED.code());
        return named.transaction(facts.transactionId())
                .map(known -> known.status() == TransactionStatus.APPROVED
                        ? Outcome.applied(state.stay(turn.dossier()), Reason.ORPHAN_ATTACHED_BEFORE)
                        : Approvals.credit(state, turn, named, known, named.amount(), Reason.ORPHAN_ATTACHED))
                .orElseGet(() -> Outcome.refused(state.stay(turn.dossier()), Reason.ORPHAN_NOT_ATTACHABLE));
    }

    // Accounts

    private static Outcome onAccountReleased(Live state, Turn turn, AccountReleased released) {
        boolean refunds = RefundRules.onRelease(turn, released.account());
        Optional<Attempt> waiting = turn.dossier()
                .lastAttempt()
                .filter(last -> last.status() == AttemptStatus.OPENING
                        && last.calls().onHold()
                        && last.route().account().equals(released.account())
                        && Attempts.awaited(state, last));
        waiting.ifPresent(attempt -> CashierCalls.issue(turn, attempt));
        Live same = state.stay(turn.dossier());
        return refunds || waiting.isPresent()
                ? Outcome.applied(same, Reason.CALL_REPEATED)
                : Outcome.noted(same, Reason.NOTHING_ON_HOLD);
    }

    private static String persons(OperatorActed acted) {
        return acted.operator() + " and " + acted.approver();
    }
}
