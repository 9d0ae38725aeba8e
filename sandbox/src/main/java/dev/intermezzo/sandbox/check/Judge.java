package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges payments one by one from what the simulators saw. */
final class Judge {

    static final String SURPLUS = "SurplusPayment";
    static final String UNDER_REVIEW = "UnderReview";

    private final Evidence evidence;
    private final Map<String, List<NotifyCall>> told;
    private final Map<String, Long> charges;
    private final Map<String, Set<Psp>> opened;

    Judge(Evidence evidence) {
        this.evidence = evidence;
        this.told = evidence.notifyCalls().stream()
                .filter(NotifyCall::signatureValid)
                .collect(Collectors.groupingBy(NotifyCall::orderUuid));
        this.charges = evidence.transactions().stream()
                .filter(transaction -> transaction.status() == TransactionStatus.APPROVED)
                .collect(Collectors.groupingBy(TransactionSnapshot::email, Collectors.counting()));
        this.opened = evidence.transactions().stream()
                .collect(Collectors.groupingBy(
                        TransactionSnapshot::email, Collectors.mapping(TransactionSnapshot::psp, Collectors.toSet())));
    }

    PaymentVerdict judge(PlannedPayment planned) {
        @Nullable Visit visit = evidence.visits().get(planned.number());
        @Nullable OrderSnapshot order = visit == null ? null : evidence.orders().get(visit.orderUuid());
        if (visit == null || order == null) {
            return new PaymentVerdict(planned, "pending", false, false, false, true, List.of("it never began"));
        }
        List<String> problems = new ArrayList<>();
        boolean lost = lost(planned, visit, order);
        boolean duplicated = duplicated(planned, order);
        boolean contradicted = contradicted(planned, order);
        add(problems, !visit.accepted(), "the bridge did not accept the checkout");
        add(problems, lost, "the shop never heard of it");
        add(problems, duplicated, "it was charged or its status changed more often than planned");
        add(
                problems,
                contradicted,
                "the shop says " + order.status().word() + ", the truth is "
                        + planned.scenario().outcome().id());
        add(problems, evidence.parked().contains(order.uuid()), "its notification is parked");
        charges(planned, problems);
        providers(planned, problems);
        cases(planned, order, problems);
        boolean astray = astray(planned, visit, problems);
        return new PaymentVerdict(planned, actual(order), lost, duplicated, contradicted, astray, problems);
    }

    private boolean lost(PlannedPayment planned, Visit visit, OrderSnapshot order) {
        return switch (planned.scenario().outcome()) {
            case APPROVED -> visit.accepted() && unheard(order, "approved");
            case FAILED -> visit.accepted() && unheard(order, "failed");
            case UNDER_REVIEW -> false;
        };
    }

    private boolean unheard(OrderSnapshot order, String status) {
        boolean heard = told.getOrDefault(order.uuid(), List.of()).stream()
                .anyMatch(call -> call.status().equals(status)
                        && (call.effect() == NotifyEffect.CHANGED || call.effect() == NotifyEffect.SAME_AGAIN));
        return !heard && !evidence.parked().contains(order.uuid());
    }

    private boolean duplicated(PlannedPayment planned, OrderSnapshot order) {
        return charged(planned) > planned.scenario().charges() || order.statusChanges() > 1;
    }

    private static boolean contradicted(PlannedPayment planned, OrderSnapshot order) {
        return switch (planned.scenario().outcome()) {
            case APPROVED -> order.status() == PaymentStatus.FAILED;
            case FAILED -> order.status() == PaymentStatus.PAID;
            case UNDER_REVIEW -> order.status() != PaymentStatus.PENDING;
        };
    }

    private void charges(PlannedPayment planned, List<String> problems) {
        long charged = charged(planned);
        add(
                problems,
                charged < planned.scenario().charges(),
                "the provider approved " + charged + " of " + planned.scenario().charges() + " planned charges");
    }

    private void providers(PlannedPayment planned, List<String> problems) {
        Set<Psp> elsewhere = new TreeSet<>(opened.getOrDefault(planned.email(), Set.of()));
        elsewhere.remove(planned.provider());
        add(problems, !elsewhere.isEmpty(), "it was opened at " + elsewhere + " instead of " + planned.provider());
    }

    private long charged(PlannedPayment planned) {
        return charges.getOrDefault(planned.email(), 0L);
    }

    private void cases(PlannedPayment planned, OrderSnapshot order, List<String> problems) {
        Set<String> open = new TreeSet<>(evidence.cases().getOrDefault(order.uuid(), Set.of()));
        Set<String> wanted = switch (planned.scenario()) {
            case SURPLUS -> Set.of(SURPLUS);
            case WRONG_AMOUNT -> Set.of(UNDER_REVIEW);
            case APPROVED, DECLINED, DECLINED_THEN_APPROVED, DOUBLE_CLICK, DETAILS_MISSING -> Set.of();
        };
        add(problems, !open.equals(wanted), "open cases are " + open + ", expected " + wanted);
    }

    private static boolean astray(PlannedPayment planned, Visit visit, List<String> problems) {
        Visit.Ending wanted = switch (planned.scenario().outcome()) {
            case APPROVED -> Visit.Ending.SUCCESS;
            case FAILED -> Visit.Ending.FAILURE;
            case UNDER_REVIEW -> Visit.Ending.BEING_CHECKED;
        };
        if (visit.problem() != null) {
            problems.add("the buyer's journey broke off: " + visit.problem());
            return true;
        }
        add(problems, visit.ending() != wanted, "the buyer ended on " + visit.ending() + ", expected " + wanted);
        return visit.ending() != wanted;
    }

    private String actual(OrderSnapshot order) {
        return switch (order.status()) {
            case PAID -> Outcome.APPROVED.id();
            case FAILED -> Outcome.FAILED.id();
            case PENDING ->
                evidence.cases().getOrDefault(order.uuid(), Set.of()).contains(UNDER_REVIEW)
                        ? Outcome.UNDER_REVIEW.id()
                        : "pending";
        };
    }

    private static void add(List<String> problems, boolean holds, String sentence) {
        if (holds) {
            problems.add(sentence);
        }
    }
}
