package dev.intermezzo.cli.demo;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.refunds.RefundDesk;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.RefundOutcome;
import dev.intermezzo.sandbox.check.RefundVerdict;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.WebhookFault;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives back a part of some payments through each provider that pays buyers out, when all buyers are home: one operator asks for
 * each refund and another approves it, as the command {@code refunds} does.
 */
final class DemoRefunds {
    private static final int EACH = 2;
    private static final String AMOUNT = "2.50";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Partners partners;
    private final LedgerFacts facts;
    private final Set<Psp> refunders;

    /** @param refunders providers that give money back to a buyer */
    DemoRefunds(Partners partners, LedgerFacts facts, Set<Psp> refunders) {
        this.partners = partners;
        this.facts = facts;
        this.refunders = Set.copyOf(refunders);
    }

    /**
     * What came of them.
     *
     * @param verdict on each, by the Cashier's own journal
     * @param paid pay-outs that the Cashier carried out, by provider
     */
    record Outcome(RefundVerdict verdict, Map<Psp, Integer> paid) {
        boolean ok() {
            return verdict.problems().isEmpty() && verdict.doubles() == 0;
        }
    }

    /**
     * Returns when every refund has come to an end, or patience has.
     *
     * @throws CommandFailure when one is not even accepted
     */
    Outcome carryOut(DemoPlan plan, KafkaSettings kafka) throws InterruptedException {
        Map<String, OrderSnapshot> approved = approvedOrders();
        Map<String, String> ordered = new LinkedHashMap<>();
        try (KafkaConnection connection = KafkaConnection.open(kafka, () -> {})) {
            RefundDesk desk = new RefundDesk(connection, InstantSource.system());
            for (PlannedPayment payment : chosen(plan, approved)) {
                OrderSnapshot order = approved.get(payment.email());
                if (order != null) {
                    String id = partners.payment(order);
                    desk.approve(id, RefundDesk.refundOf(desk.request(id, AMOUNT, "anna")), "ben");
                    ordered.put(order.uuid(), payment.email());
                }
            }
        }
        List<RefundOutcome> told = settled(ordered);
        List<TransactionSnapshot> payOuts = partners.cashier().payOuts();
        Map<Psp, Integer> paid = new TreeMap<>();
        payOuts.forEach(payOut -> paid.merge(payOut.psp(), 1, Integer::sum));
        return new Outcome(RefundVerdict.of(told, payOuts), paid);
    }

    /** Whose approval the shop has heard, by the buyer. */
    private Map<String, OrderSnapshot> approvedOrders() {
        return partners.shop().journal().stream()
                .filter(call ->
                        call.effect() == NotifyEffect.CHANGED && call.status().equals("approved"))
                .flatMap(call -> partners.shop().order(call.orderUuid()).stream())
                .collect(Collectors.toMap(order -> order.buyer().email(), Function.identity(), (one, other) -> one));
    }

    /** Plain approvals of each provider; those that had no misfortune first. */
    private List<PlannedPayment> chosen(DemoPlan plan, Map<String, OrderSnapshot> approved) {
        return refunders.stream()
                .sorted()
                .flatMap(psp -> plan.payments().stream()
                        .filter(payment -> payment.provider() == psp && isPlain(payment))
                        .filter(payment -> approved.containsKey(payment.email()))
                        .sorted(Comparator.comparing(
                                payment -> !payment.faults().equals(FaultPlan.NONE)))
                        .limit(EACH))
                .toList();
    }

    private static boolean isPlain(PlannedPayment payment) {
        return payment.scenario() == Scenario.APPROVED
                && payment.faults().webhook() != WebhookFault.UNKNOWN_TRANSACTION;
    }

    private List<RefundOutcome> settled(Map<String, String> ordered) throws InterruptedException {
        Patience.until(
                PATIENCE,
                () -> facts.refunds(ordered).stream().noneMatch(refund -> refund.word() == RefundOutcome.Word.OPEN));
        return facts.refunds(ordered);
    }
}
