package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Act.CaseResolved;
import dev.intermezzo.orchestrator.payment.Fact.CheckoutReceived;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import dev.intermezzo.orchestrator.payment.PaymentState.Retired;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What may still happen to stubs and to money without a payment: cases are opened and closed, nothing is sent. */
final class ArchiveRules {

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

    static Outcome onRetired(Retired stub, Event event) {
        return switch (event.fact()) {
            case CheckoutReceived form -> onCheckout(stub, event, form);
            case WebhookReceived received -> onWebhook(stub, event, received.webhook());
            case OperatorActed acted
            when acted.act() instanceof CaseResolved resolved -> {
                Resolution resolution = resolve(stub.cases(), event, acted, resolved);
                yield new Outcome(stub.taking(event, resolution.cases()), resolution.verdict(), resolution.reason());
            }
            default -> Outcome.refused(stub.taking(event, stub.cases()), Reason.PAYMENT_RETIRED);
        };
    }

    private static Outcome onCheckout(Retired stub, Event event, CheckoutReceived form) {
        Retired same = stub.taking(event, stub.cases());
        if (!form.contentDigest().equals(stub.contentDigest())) {
            return Outcome.refused(same, Reason.CHECKOUT_CONTENT_DIFFERS);
        }
        return stub.outcome() == StateKind.APPROVED
                ? Outcome.noted(same, Reason.CHECKOUT_REPEATED)
                : Outcome.refused(same, Reason.PAYMENT_RETIRED);
    }

    private static Outcome onWebhook(Retired stub, Event event, WebhookFacts facts) {
        Optional<Reason> unusable = WebhookRules.unusable(facts);
        if (unusable.isPresent()) {
            return Outcome.noted(stub.taking(event, stub.cases()), unusable.get());
        }
        boolean known =
                facts.account().equals(stub.account()) && stub.transactionIds().contains(facts.transactionId());
        return switch (facts.status()) {
            case APPROVED ->
                known
                        ? Outcome.noted(stub.taking(event, stub.cases()), Reason.APPROVED_BEFORE)
                        : open(stub, event, CaseKind.ORPHAN_PAYMENT, Reason.APPROVED_AFTER_RETIREMENT, facts, null);
            case DECLINED ->
                known
                        ? open(stub, event, CaseKind.REVERSAL, Reason.DECLINED_AFTER_APPROVAL, facts, stub.amount())
                        : Outcome.noted(stub.taking(event, stub.cases()), Reason.TRANSACTION_DECLINED);
            case UNKNOWN ->
                known
                        ? open(
                                stub,
                                event,
                                CaseKind.REVERSAL,
                                Reason.STATUS_UNKNOWN_AFTER_APPROVAL,
                                facts,
                                stub.amount())
                        : Outcome.noted(stub.taking(event, stub.cases()), Reason.WEBHOOK_STATUS_UNKNOWN);
            case PENDING -> Outcome.noted(stub.taking(event, stub.cases()), Reason.TRANSACTION_PENDING);
        };
    }

    private static Outcome open(
            Retired stub, Event event, CaseKind kind, Reason reason, WebhookFacts facts, @Nullable Money money) {
        Case opened = newCase(event, stub.paymentId(), stub.sequence() + 1, kind, reason, facts, money);
        boolean open = stub.cases().stream().anyMatch(each -> each.open() && each.sameMatterAs(opened));
        return open || stub.cases().size() == Dossier.MAX_CASES
                ? Outcome.noted(stub.taking(event, stub.cases()), reason)
                : Outcome.applied(stub.taking(event, Lists.append(stub.cases(), opened)), reason);
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
