package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.CashierCall;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.cashier.WebhookAttempt;
import dev.intermezzo.sandbox.check.Visit.Ending;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Journals written by hand: each method adds what a simulator would have seen. Payment 1 is order {@code order-1}. */
final class Journals {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final BigDecimal AMOUNT = new BigDecimal("10.00");

    private final List<PlannedPayment> plan = new ArrayList<>();
    private final Map<Integer, Visit> visits = new HashMap<>();
    private final Map<String, OrderSnapshot> orders = new HashMap<>();
    private final List<NotifyCall> notifyCalls = new ArrayList<>();
    private final List<CashierCall> calls = new ArrayList<>();
    private final List<WebhookAttempt> webhooks = new ArrayList<>();
    private final List<TransactionSnapshot> transactions = new ArrayList<>();
    private final List<TransactionSnapshot> payOuts = new ArrayList<>();
    private final Set<String> parked = new HashSet<>();
    private final Map<String, Set<String>> cases = new HashMap<>();

    /** A payment that went as its scenario says, one second from checkout to webhook. */
    Journals wentWell(int number, Scenario scenario, FaultPlan faults) {
        planned(number, scenario, faults);
        switch (scenario.outcome()) {
            case APPROVED -> {
                visited(number, Ending.SUCCESS);
                told(number, "approved", NotifyEffect.CHANGED, Duration.ofMillis(1_100));
                order(number, PaymentStatus.PAID, 1);
            }
            case FAILED -> {
                visited(number, Ending.FAILURE);
                told(number, "failed", NotifyEffect.CHANGED, Duration.ofMillis(1_100));
                order(number, PaymentStatus.FAILED, 1);
            }
            case UNDER_REVIEW -> {
                visited(number, Ending.BEING_CHECKED);
                order(number, PaymentStatus.PENDING, 0);
                open(number, "UnderReview");
            }
        }
        for (int charge = 0; charge < scenario.charges(); charge++) {
            charged(number, "t" + number + "-" + charge);
        }
        if (scenario == Scenario.SURPLUS) {
            open(number, "SurplusPayment");
        }
        return this;
    }

    Journals planned(int number, Scenario scenario, FaultPlan faults) {
        plan.add(new PlannedPayment(number, scenario, faults, AMOUNT));
        return this;
    }

    Journals visited(int number, Ending ending) {
        visits.put(
                number,
                new Visit(
                        number, "order-" + number, true, START, START.plusMillis(150), false, false, 0, ending, null));
        return this;
    }

    Journals order(int number, PaymentStatus status, int changes) {
        String uuid = "order-" + number;
        Buyer buyer = Buyer.example("buyer-" + number + "@example.com");
        orders.put(
                uuid,
                new OrderSnapshot(uuid, "M-1-" + number, AMOUNT, "CAD", buyer, FaultPlan.NONE, status, changes, START));
        return this;
    }

    Journals told(int number, String status, NotifyEffect effect, Duration after) {
        return told(number, status, effect, after, true);
    }

    Journals told(int number, String status, NotifyEffect effect, Duration after, boolean signatureValid) {
        notifyCalls.add(new NotifyCall(
                START.plus(after), "order-" + number, status, true, signatureValid, NotifyFault.NONE, effect, 200));
        return this;
    }

    Journals charged(int number, String transaction) {
        String email = "buyer-" + number + "@example.com";
        calls.add(new CashierCall(
                START.plusMillis(20), Duration.ofMillis(100), "PAYIN", email, transaction, CallFault.NONE, 200));
        transactions.add(new TransactionSnapshot(
                transaction,
                Psp.PAYONE,
                "u",
                email,
                AMOUNT,
                "CAD",
                "",
                TransactionStatus.APPROVED,
                START,
                START.plusMillis(900)));
        return webhook(number, transaction, "Approved");
    }

    Journals webhook(int number, String transaction, String status) {
        Instant sent = START.plusSeconds(1);
        webhooks.add(new WebhookAttempt(
                transaction, "buyer-" + number + "@example.com", status, AMOUNT, sent, sent.plusMillis(5), 200));
        return this;
    }

    Journals payOut(String user) {
        payOuts.add(new TransactionSnapshot(
                "p" + payOuts.size(),
                Psp.PAYONE,
                user,
                "buyer-1@example.com",
                AMOUNT,
                "CAD",
                "",
                TransactionStatus.APPROVED,
                START,
                START));
        return this;
    }

    Journals parked(int number) {
        parked.add("order-" + number);
        return this;
    }

    Journals open(int number, String caseName) {
        cases.computeIfAbsent("order-" + number, order -> new HashSet<>()).add(caseName);
        return this;
    }

    /** Forgets what the shop was told of this payment, and that its status ever changed. */
    Journals untold(int number) {
        notifyCalls.removeIf(call -> call.orderUuid().equals("order-" + number));
        return order(number, PaymentStatus.PENDING, 0);
    }

    DemoPlan plan() {
        return new DemoPlan(1, plan);
    }

    Evidence evidence() {
        return new Evidence(visits, orders, notifyCalls, calls, webhooks, transactions, payOuts, parked, cases);
    }

    DemoReport report() {
        return Checker.check(plan(), evidence());
    }
}
