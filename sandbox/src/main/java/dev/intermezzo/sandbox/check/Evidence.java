package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.CashierCall;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.WebhookAttempt;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything the verdict rests on, at one moment.
 *
 * @param visits by number of the planned payment
 * @param orders by {@code order_uuid}
 * @param notifyCalls the shop's journal
 * @param cashierCalls the Cashier's journal of calls
 * @param webhooks the Cashier's journal of webhook attempts
 * @param transactions pay-ins that the Cashier opened
 * @param payOuts money that the Cashier was made to send away
 * @param parked the pipeline's parked orders
 * @param cases the pipeline's open cases by order
 */
public record Evidence(
        Map<Integer, Visit> visits,
        Map<String, OrderSnapshot> orders,
        List<NotifyCall> notifyCalls,
        List<CashierCall> cashierCalls,
        List<WebhookAttempt> webhooks,
        List<TransactionSnapshot> transactions,
        List<TransactionSnapshot> payOuts,
        Set<String> parked,
        Map<String, Set<String>> cases) {

    public Evidence {
        visits = Map.copyOf(visits);
        orders = Map.copyOf(orders);
        notifyCalls = List.copyOf(notifyCalls);
        cashierCalls = List.copyOf(cashierCalls);
        webhooks = List.copyOf(webhooks);
        transactions = List.copyOf(transactions);
        payOuts = List.copyOf(payOuts);
        parked = Set.copyOf(parked);
        cases = Map.copyOf(cases);
    }

    /** Takes the journals as they are now. */
    public static Evidence of(
            Collection<Visit> visits, SimulatedShop shop, SimulatedCashier cashier, PipelineFacts facts) {
        Map<String, OrderSnapshot> orders = visits.stream()
                .flatMap(visit -> shop.order(visit.orderUuid()).stream())
                .collect(Collectors.toMap(OrderSnapshot::uuid, Function.identity()));
        return new Evidence(
                visits.stream().collect(Collectors.toMap(Visit::number, Function.identity())),
                orders,
                shop.journal(),
                cashier.calls(),
                cashier.webhookAttempts(),
                cashier.transactions(),
                cashier.payOuts(),
                facts.parkedOrders(),
                facts.openCases());
    }
}
