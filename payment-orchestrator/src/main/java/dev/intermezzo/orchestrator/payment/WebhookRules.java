package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a webhook may do (payments, "Webhooks from Mozarto"): first whether it may touch anything, then what it says. */
final class WebhookRules {

    /** Such as NEOSURF_PAYIN; other methods do not name a provider. */
    private static final Pattern METHOD = Pattern.compile("([A-Z0-9_]+)_(PAYIN|PAYOUT)");

    private WebhookRules() {}

    static Outcome onWebhook(Live state, Turn turn, WebhookReceived received) {
        WebhookFacts facts = received.webhook();
        Optional<Reason> unusable = unusable(facts);
        if (unusable.isPresent()) {
            return Outcome.noted(state.stay(turn.dossier()), unusable.get());
        }
        if (received.attempt() > Dossier.MAX_ATTEMPTS) {
            return RefundRules.onWebhook(state, turn, received);
        }
        Optional<Attempt> found = turn.dossier().attempt(received.attempt());
        if (found.isEmpty()) {
            return unknownAttempt(state, turn, received.attempt(), facts);
        }
        Attempt named = found.get();
        // A transaction stays with the attempt that it was opened for, whatever else a webhook names.
        Attempt attempt = turn.dossier().attempts().stream()
                .filter(each -> each.transaction(facts.transactionId()).isPresent())
                .findFirst()
                .orElse(named);
        if (!attempt.route().sameWayAs(named.route())) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.WEBHOOK_OF_OTHER_PROVIDER);
        }
        return foreign(attempt.route().account(), attempt.route().provider(), facts)
                .map(reason -> Outcome.noted(state.stay(turn.dossier()), reason))
                .orElseGet(() -> apply(state, turn, attempt, facts));
    }

    /** Only the present shape has a status and money that can be trusted to mean what they say. */
    static Optional<Reason> unusable(WebhookFacts facts) {
        return switch (facts.shape()) {
            case YEAR_2026 ->
                facts.transactionId().isEmpty() ? Optional.of(Reason.WEBHOOK_WITHOUT_TRANSACTION) : Optional.empty();
            case YEAR_2025 -> Optional.of(Reason.WEBHOOK_OLD_SHAPE);
            case UNREADABLE -> Optional.of(Reason.WEBHOOK_UNREADABLE);
            case OTHER -> Optional.of(Reason.WEBHOOK_SHAPE_UNKNOWN);
        };
    }

    /** A webhook touches only what was opened with its own account and provider. */
    static Optional<Reason> foreign(String account, String provider, WebhookFacts facts) {
        if (!facts.account().equals(account)) {
            return Optional.of(Reason.WEBHOOK_OF_OTHER_ACCOUNT);
        }
        if (facts.method() == null) {
            return Optional.empty();
        }
        Matcher method = METHOD.matcher(facts.method());
        return method.matches() && !method.group(1).equals(provider)
                ? Optional.of(Reason.WEBHOOK_OF_OTHER_PROVIDER)
                : Optional.empty();
    }

    private static Outcome apply(Live state, Turn turn, Attempt attempt, WebhookFacts facts) {
        return switch (facts.status()) {
            case UNKNOWN -> unknownStatus(state, turn, attempt, facts);
            case PENDING -> pending(state, turn, attempt, facts);
            case APPROVED ->
                Approvals.onApproval(
                        state,
                        turn,
                        learn(turn, attempt, facts),
                        facts.transactionId(),
                        facts.amount(),
                        facts.currency());
            case DECLINED -> Approvals.onDecline(state, turn, learn(turn, attempt, facts), facts.transactionId());
        };
    }

    private static Attempt learn(Turn turn, Attempt attempt, WebhookFacts facts) {
        if (attempt.transaction(facts.transactionId()).isPresent()) {
            return attempt;
        }
        Attempt named = attempt.namedByWebhook(facts.transactionId());
        if (named.equals(attempt)) {
            return attempt;
        }
        CashierCalls.index(turn, named, facts.transactionId());
        return turn.put(named);
    }

    private static Outcome pending(Live state, Turn turn, Attempt attempt, WebhookFacts facts) {
        Attempt named = learn(turn, attempt, facts);
        Live same = state.stay(turn.dossier());
        return named.equals(attempt)
                ? Outcome.noted(same, Reason.TRANSACTION_PENDING)
                : Outcome.applied(same, Reason.TRANSACTION_PENDING);
    }

    /** Unknown is a value: it changes nothing, except that it casts doubt on money that was approved. */
    private static Outcome unknownStatus(Live state, Turn turn, Attempt attempt, WebhookFacts facts) {
        return attempt.transaction(facts.transactionId())
                .filter(known -> known.status() == TransactionStatus.APPROVED)
                .map(approved ->
                        Approvals.reversal(state, turn, attempt, approved, Reason.STATUS_UNKNOWN_AFTER_APPROVAL))
                .orElseGet(() -> Outcome.noted(state.stay(turn.dossier()), Reason.WEBHOOK_STATUS_UNKNOWN));
    }

    /** Approved money is never dropped, even where no attempt can take it. */
    static Outcome unknownAttempt(Live state, Turn turn, int number, WebhookFacts facts) {
        if (facts.status() == TransactionStatus.APPROVED
                && turn.openCase(
                        CaseKind.ORPHAN_PAYMENT,
                        Reason.ATTEMPT_UNKNOWN.code(),
                        "",
                        number,
                        facts.transactionId(),
                        null)) {
            return Outcome.applied(state.stay(turn.dossier()), Reason.ATTEMPT_UNKNOWN);
        }
        return Outcome.noted(state.stay(turn.dossier()), Reason.ATTEMPT_UNKNOWN);
    }
}
