package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.CashierCall;
import dev.intermezzo.sandbox.cashier.WebhookAttempt;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.shop.NotifyCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The two times that a user feels, from the driver's and the simulators' clocks. */
final class Timings {

    private final Evidence evidence;
    private final Map<String, List<CashierCall>> calls;
    private final Map<String, List<WebhookAttempt>> approvals;
    private final Map<String, List<NotifyCall>> told;

    Timings(Evidence evidence) {
        this.evidence = evidence;
        this.calls = evidence.cashierCalls().stream().collect(Collectors.groupingBy(CashierCall::email));
        this.approvals = evidence.webhooks().stream()
                .filter(attempt -> attempt.accepted() && attempt.status().equals("Approved"))
                .collect(Collectors.groupingBy(WebhookAttempt::email));
        this.told = evidence.notifyCalls().stream().collect(Collectors.groupingBy(NotifyCall::orderUuid));
    }

    /**
     * Checkout sent (or the details, where they were asked for) to redirect received, minus the Cashier's own time. Payments whose first Cashier call failed on
     * purpose stand apart: their time is mostly the pause before the retry.
     */
    Percentiles redirects(DemoPlan plan) {
        List<Duration> samples = new ArrayList<>();
        for (PlannedPayment payment : plan.payments()) {
            @Nullable Visit visit = evidence.visits().get(payment.number());
            if (visit != null
                    && visit.redirected() != null
                    && answersAtOnce(payment.faults().call())) {
                samples.add(redirect(payment, visit.sent(), visit.redirected()));
            }
        }
        return Percentiles.of(samples);
    }

    private Duration redirect(PlannedPayment payment, Instant sent, Instant redirected) {
        Duration cashiers = calls.getOrDefault(payment.email(), List.of()).stream()
                .filter(call -> call.at().isBefore(redirected))
                .map(CashierCall::took)
                .reduce(Duration.ZERO, Duration::plus);
        return Duration.between(sent, redirected).minus(cashiers);
    }

    private static boolean answersAtOnce(CallFault fault) {
        return switch (fault) {
            case NONE, DELAY, WEBHOOK_BEFORE_ANSWER -> true;
            case ERROR_500,
                    HANG,
                    VERIFICATION_HANG,
                    LOST_ANSWER,
                    WEB_PAGE,
                    EMPTY_ANSWER,
                    ERROR_UNDER_200,
                    PAGE_WITHOUT_TLS,
                    PAGE_ELSEWHERE -> false;
        };
    }

    /**
     * Approving webhook received to first notify attempt started; a webhook that overtook the Cashier's answer counts
     * from that answer. Payments with injected notify faults stand apart, and so do failures, which wait for the buyer.
     */
    Percentiles settlements(DemoPlan plan) {
        List<Duration> samples = new ArrayList<>();
        for (PlannedPayment payment : plan.payments()) {
            @Nullable Visit visit = evidence.visits().get(payment.number());
            if (visit != null
                    && payment.scenario().outcome() == Outcome.APPROVED
                    && payment.faults().notification() == NotifyFault.NONE) {
                settlement(payment, visit).ifPresent(samples::add);
            }
        }
        return Percentiles.of(samples);
    }

    private Optional<Duration> settlement(PlannedPayment payment, Visit visit) {
        Optional<Instant> webhook = approvals.getOrDefault(payment.email(), List.of()).stream()
                .min((one, other) -> one.sent().compareTo(other.sent()))
                .map(attempt -> later(attempt.sent(), answered(payment.email(), attempt.transactionId())));
        Optional<Instant> notified = told.getOrDefault(visit.orderUuid(), List.of()).stream()
                .filter(call -> call.status().equals("approved"))
                .map(NotifyCall::at)
                .min(Instant::compareTo);
        return webhook.isEmpty() || notified.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(webhook.get(), notified.get()));
    }

    private Instant answered(String email, String transactionId) {
        return calls.getOrDefault(email, List.of()).stream()
                .filter(call -> call.transactionId().equals(transactionId))
                .map(call -> call.at().plus(call.took()))
                .findFirst()
                .orElse(Instant.MIN);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
