package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.payment.Attempt;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.PageOpened;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import dev.intermezzo.orchestrator.payment.WebhookShape;
import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.AuditedTransaction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money received, counted a second time: from webhooks and answers, not from what the state machine made of them. Of the
 * state machine it asks only by which route an attempt went and which calls it made.
 *
 * <p>Which names are one transaction's is not always certain: an answer may name none, or a call be lost. So there are two
 * counts. At most {@link #approved} transactions may have been counted; at least {@link #confirmed} of them must have been,
 * unless people see to it. Where names contradict each other, or are too many, nothing is judged any more: a false alarm is
 * worse than none.
 */
final class ToldMoney {
    static final int MAX_TRANSACTIONS = 64;

    /** Fewer than the state machine keeps: a name that it forgets is not remembered here. */
    static final int MAX_NAMES = 6;

    /** Names its provider, such as NEOSURF_PAYIN; any other name says nothing of it. */
    private static final Pattern METHOD = Pattern.compile("([A-Z0-9_]+)_(PAYIN|PAYOUT)");

    /** Null: not known. */
    private @Nullable List<AuditedTransaction> transactions;

    /** What two persons had counted; null: nothing. */
    private @Nullable Money granted;

    ToldMoney(AuditedPayment memory) {
        List<AuditedTransaction> stored = memory.getTransactions();
        transactions = stored == null ? null : new ArrayList<>(stored);
        granted = StoredMoney.read(memory.getGranted());
    }

    AuditedPayment.Builder remember(AuditedPayment.Builder memory) {
        return memory.setTransactions(transactions).setGranted(StoredMoney.write(granted));
    }

    // What the facts say

    /** @param before the payment that the event came to */
    void hear(Event event, Live before, Money asked) {
        boolean others = event.environment() != before.environment()
                || (!event.merchantId().isEmpty() && !event.merchantId().equals(before.merchantId()));
        if (others) {
            return;
        }
        switch (event.fact()) {
            case WebhookReceived received -> webhook(received, before, asked);
            case CashierAnswered answer -> answer(answer, before, asked);
            default -> {}
        }
    }

    /** Two persons decided about the payment: what is counted since was counted by them. */
    void granted(Money before, Money after) {
        if (after.isGreaterThan(before)) {
            Money more = after.minus(before);
            granted = granted == null ? more : granted.plus(more);
        }
    }

    /** Only what the account and provider of an attempt tell in the present shape concerns it (payments, "Webhooks from Mozarto"). */
    private void webhook(WebhookReceived received, Live before, Money asked) {
        WebhookFacts facts = received.webhook();
        Optional<PlannedRoute> route =
                before.dossier().attempt(received.attempt()).map(Attempt::route).filter(each -> tellsOf(facts, each));
        if (route.isEmpty()
                || facts.shape() != WebhookShape.YEAR_2026
                || facts.transactionId().isEmpty()) {
            return;
        }
        boolean approved = facts.status() == TransactionStatus.APPROVED
                && matches(asked, facts.amount(), facts.currency(), route.get());
        heard(new Told(received.attempt(), List.of(facts.transactionId()), true, approved));
    }

    private static boolean tellsOf(WebhookFacts facts, PlannedRoute route) {
        if (facts.method() == null) {
            return facts.account().equals(route.account());
        }
        Matcher method = METHOD.matcher(facts.method());
        boolean ofAnother = method.matches() && !method.group(1).equals(route.provider());
        return facts.account().equals(route.account()) && !ofAnother;
    }

    /** An answer counts when it is of a call that the attempt made. */
    private void answer(CashierAnswered answer, Live before, Money asked) {
        Optional<PlannedRoute> route = before.dossier()
                .attempt(answer.attempt())
                .filter(attempt -> attempt.calls().commandIds().contains(answer.commandId()))
                .map(Attempt::route)
                .filter(each -> each.provider().equals(answer.provider())
                        && each.account().equals(answer.account()));
        if (route.isEmpty()) {
            return;
        }
        switch (answer.outcome()) {
            case AnsweredAtOnce once -> {
                List<String> names =
                        once.transactionIds().isEmpty() ? List.of(answer.commandId()) : once.transactionIds();
                boolean approved = once.status() == TransactionStatus.APPROVED
                        && matches(asked, once.amount(), once.currency(), route.get());
                heard(new Told(answer.attempt(), names, false, approved));
            }
            case PageOpened opened -> named(answer, opened.transactionIds());
            case Rejected rejected -> named(answer, rejected.transactionIds());
            case AnswerLost lost -> named(answer, lost.transactionIds());
            case NotSent none -> {}
            case NotExecuted none -> {}
        }
    }

    private void named(CashierAnswered answer, List<String> names) {
        if (!names.isEmpty()) {
            heard(new Told(answer.attempt(), names, false, false));
        }
    }

    /** Payments, "Money": without a currency only where the provider has but one. */
    private static boolean matches(
            Money asked, @Nullable BigDecimal amount, @Nullable String currency, PlannedRoute route) {
        return amount != null
                && amount.compareTo(asked.getAmount()) == 0
                && (currency == null
                        ? route.webhookCurrencyMayBeAbsent()
                        : currency.equals(asked.getCurrencyUnit().getCode()));
    }

    // What is known of transactions

    /**
     * One fact about one transaction.
     *
     * @param approved with the money that was asked for
     */
    private record Told(int attempt, List<String> names, boolean byWebhook, boolean approved) {

        /** A webhook may name another attempt than the one that its transaction was opened for; an answer may not. */
        boolean contradicts(AuditedTransaction known) {
            return !byWebhook && known.getAttempt() != attempt;
        }

        AuditedTransaction first() {
            return addedTo(new AuditedTransaction(attempt, List.of(), false, false));
        }

        AuditedTransaction addedTo(AuditedTransaction known) {
            boolean must = approved && byWebhook && known.getAttempt() == attempt;
            return new AuditedTransaction(
                    known.getAttempt(),
                    Stream.concat(known.getNames().stream(), names.stream())
                            .distinct()
                            .toList(),
                    known.getApproved() || approved,
                    known.getConfirmed() || must);
        }
    }

    private void heard(Told told) {
        if (transactions == null) {
            return;
        }
        List<AuditedTransaction> same = transactions.stream()
                .filter(known -> told.names().stream().anyMatch(known.getNames()::contains))
                .toList();
        if (same.size() > 1 || same.stream().anyMatch(told::contradicts)) {
            transactions = null;
            return;
        }
        AuditedTransaction next = same.isEmpty() ? told.first() : told.addedTo(same.getFirst());
        if (same.isEmpty()) {
            transactions.add(next);
        } else {
            transactions.set(transactions.indexOf(same.getFirst()), next);
        }
        if (next.getNames().size() > MAX_NAMES || transactions.size() > MAX_TRANSACTIONS) {
            transactions = null;
        }
    }

    // What follows

    /**
     * What is wrong with what the state machine counted as received; empty: nothing that can be told.
     *
     * @param lessIsSeen people have decided, or a case asks them to: less may be counted than was told
     */
    Optional<String> wrong(Money counted, Money asked, boolean lessIsSeen) {
        if (transactions == null || !counted.getCurrencyUnit().equals(asked.getCurrencyUnit())) {
            return Optional.empty();
        }
        Money byFacts = asked.multipliedBy(approved(transactions));
        Money most = granted == null ? byFacts : byFacts.plus(granted);
        Money least = asked.multipliedBy(confirmed(transactions));
        boolean tooMuch = counted.isGreaterThan(most);
        boolean tooLittle = counted.isLessThan(least) && !lessIsSeen;
        return tooMuch || tooLittle
                ? Optional.of("counted " + counted + ", facts tell of " + (tooMuch ? most : least))
                : Optional.empty();
    }

    /** Transactions that some fact called approved: none else may be counted. */
    private static long approved(List<AuditedTransaction> transactions) {
        return transactions.stream().filter(AuditedTransaction::getApproved).count();
    }

    /** Those that are certainly other ones than the rest, and certainly of their attempt. */
    private static long confirmed(List<AuditedTransaction> transactions) {
        return transactions.stream().filter(AuditedTransaction::getConfirmed).count();
    }
}
