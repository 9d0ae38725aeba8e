package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.CashierCall;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.WebhookAttempt;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.faults.WebhookFault;
import dev.intermezzo.sandbox.shop.NotifyCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the faults that really happened, from the journals: a fault that was only planned proves nothing. */
final class Misfortunes {

    private static final Set<String> OUTCOMES = Set.of("Approved", "Declined");

    private Misfortunes() {}

    /** What a plan's mix promises, by report name. */
    static Set<String> promised(DemoPlan plan) {
        Set<String> promised = new TreeSet<>();
        for (PlannedPayment payment : plan.payments()) {
            promised.addAll(payment.faults().ids());
            if (payment.scenario() == Scenario.DOUBLE_CLICK || payment.scenario() == Scenario.DETAILS_MISSING) {
                promised.add(payment.scenario().id());
            }
        }
        return promised;
    }

    static Map<String, Integer> counted(DemoPlan plan, Evidence evidence) {
        Map<String, Integer> counted = new TreeMap<>();
        promised(plan).forEach(id -> counted.put(id, 0));
        for (CashierCall call : evidence.cashierCalls()) {
            if (call.fault() != CallFault.NONE) {
                counted.merge(call.fault().id(), 1, Integer::sum);
            }
        }
        for (NotifyCall call : evidence.notifyCalls()) {
            if (call.fault() != NotifyFault.NONE) {
                counted.merge(call.fault().id(), 1, Integer::sum);
            }
        }
        webhooks(evidence, counted);
        buyers(plan, evidence, counted);
        return counted;
    }

    private static void webhooks(Evidence evidence, Map<String, Integer> counted) {
        Map<String, BigDecimal> asked = evidence.transactions().stream()
                .collect(Collectors.toMap(TransactionSnapshot::id, TransactionSnapshot::amount));
        Map<String, List<WebhookAttempt>> taken = evidence.webhooks().stream()
                .filter(WebhookAttempt::accepted)
                .collect(Collectors.groupingBy(WebhookAttempt::transactionId));
        taken.forEach((transaction, attempts) -> {
            @Nullable BigDecimal amount = asked.get(transaction);
            if (amount == null) {
                counted.merge(WebhookFault.UNKNOWN_TRANSACTION.id(), 1, Integer::sum);
                return;
            }
            if (attempts.stream().anyMatch(attempt -> attempt.amount().compareTo(amount) != 0)) {
                counted.merge(WebhookFault.WRONG_AMOUNT.id(), 1, Integer::sum);
            }
            if (repeated(attempts)) {
                counted.merge(WebhookFault.DUPLICATE.id(), 1, Integer::sum);
            }
            if (attempts.stream().anyMatch(Misfortunes::unheardOf)) {
                counted.merge(WebhookFault.UNKNOWN_STATUS.id(), 1, Integer::sum);
            }
            if (attempts.getLast().status().equals("Pending")) {
                counted.merge(WebhookFault.REORDERED.id(), 1, Integer::sum);
            }
        });
    }

    private static boolean repeated(List<WebhookAttempt> attempts) {
        return attempts.stream()
                        .filter(attempt -> OUTCOMES.contains(attempt.status()))
                        .count()
                > 1;
    }

    private static boolean unheardOf(WebhookAttempt attempt) {
        return !OUTCOMES.contains(attempt.status()) && !attempt.status().equals("Pending");
    }

    private static void buyers(DemoPlan plan, Evidence evidence, Map<String, Integer> counted) {
        for (PlannedPayment payment : plan.payments()) {
            @Nullable Visit visit = evidence.visits().get(payment.number());
            if (visit == null) {
                continue;
            }
            if (payment.scenario() == Scenario.DOUBLE_CLICK && visit.sentTwice()) {
                counted.merge(Scenario.DOUBLE_CLICK.id(), 1, Integer::sum);
            }
            if (payment.scenario() == Scenario.DETAILS_MISSING && visit.detailsAsked()) {
                counted.merge(Scenario.DETAILS_MISSING.id(), 1, Integer::sum);
            }
        }
    }
}
