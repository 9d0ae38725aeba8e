package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.EventKind.ASKED_AGAIN;
import static dev.intermezzo.orchestrator.payment.EventKind.CASHIER_RESULT;
import static dev.intermezzo.orchestrator.payment.EventKind.CHECKOUT;
import static dev.intermezzo.orchestrator.payment.EventKind.DETAILS;
import static dev.intermezzo.orchestrator.payment.EventKind.GAVE_UP;
import static dev.intermezzo.orchestrator.payment.EventKind.OPERATOR_ACT;
import static dev.intermezzo.orchestrator.payment.EventKind.ORPHANED;
import static dev.intermezzo.orchestrator.payment.EventKind.SHOP_CHANGE;
import static dev.intermezzo.orchestrator.payment.EventKind.SHOP_RESULT;
import static dev.intermezzo.orchestrator.payment.EventKind.TIMER;
import static dev.intermezzo.orchestrator.payment.EventKind.WEBHOOK;
import static dev.intermezzo.orchestrator.payment.StateKind.APPROVED;
import static dev.intermezzo.orchestrator.payment.StateKind.AWAITING_BUYER;
import static dev.intermezzo.orchestrator.payment.StateKind.IN_PROGRESS;
import static dev.intermezzo.orchestrator.payment.StateKind.NOT_PAID;
import static dev.intermezzo.orchestrator.payment.StateKind.ORPHAN;
import static dev.intermezzo.orchestrator.payment.StateKind.PAY_OUT;
import static dev.intermezzo.orchestrator.payment.StateKind.RETIRED;
import static dev.intermezzo.orchestrator.payment.StateKind.UNDER_REVIEW;
import static dev.intermezzo.orchestrator.payment.StateKind.VERIFYING;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which event may lead from which state to which other. Every event may leave a state as it is; every change is listed
 * here, {@link Decider} refuses to make another one, and the diagram of {@link PaymentState} is generated from it.
 */
public final class TransitionTable {

    /**
     * One change.
     *
     * @param from null: there was no payment
     */
    public record Transition(@Nullable StateKind from, EventKind event, StateKind to) {

        @Override
        public String toString() {
            return name(from) + " --" + event + "--> " + to;
        }
    }

    private static final Set<Transition> ALL = all();

    private TransitionTable() {}

    /** Every change there is, in the order of the diagram. */
    public static Set<Transition> transitions() {
        return ALL;
    }

    /** True when the event may lead from one state to the other; staying is always allowed. */
    static boolean allows(@Nullable StateKind from, EventKind event, StateKind to) {
        return from == to || ALL.contains(new Transition(from, event, to));
    }

    /** The diagram as it stands in the javadoc of {@link PaymentState}. */
    public static String diagram() {
        List<String> lines = new ArrayList<>();
        List<@Nullable StateKind> origins = new ArrayList<>();
        origins.add(null);
        origins.addAll(Arrays.asList(StateKind.values()));
        for (StateKind from : origins) {
            lines.add(name(from));
            List<String> arrows = arrowsFrom(from);
            lines.addAll(arrows.isEmpty() ? List.of("  (never left)") : arrows);
        }
        return String.join("\n", lines);
    }

    private static List<String> arrowsFrom(@Nullable StateKind from) {
        List<String> arrows = new ArrayList<>();
        for (StateKind to : StateKind.values()) {
            String events = ALL.stream()
                    .filter(each -> Objects.equals(each.from(), from) && each.to() == to)
                    .map(each -> each.event().name())
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!events.isEmpty()) {
                arrows.add("  --> %-14s on %s".formatted(to, events));
            }
        }
        return arrows;
    }

    private static String name(@Nullable StateKind from) {
        return from == null ? "(new)" : from.name();
    }

    private static Set<Transition> all() {
        Set<Transition> table = new LinkedHashSet<>();
        add(table, null, CHECKOUT, AWAITING_BUYER, IN_PROGRESS, NOT_PAID, VERIFYING, UNDER_REVIEW);
        add(table, null, WEBHOOK, ORPHAN);
        add(table, null, ORPHANED, ORPHAN);
        add(table, null, OPERATOR_ACT, PAY_OUT);

        add(table, AWAITING_BUYER, CHECKOUT, IN_PROGRESS, NOT_PAID, VERIFYING);
        add(table, AWAITING_BUYER, DETAILS, IN_PROGRESS);
        add(table, AWAITING_BUYER, ASKED_AGAIN, IN_PROGRESS);
        add(table, AWAITING_BUYER, GAVE_UP, NOT_PAID);
        add(table, AWAITING_BUYER, TIMER, NOT_PAID);
        add(table, AWAITING_BUYER, SHOP_CHANGE, NOT_PAID);
        addLateMoney(table, AWAITING_BUYER);

        add(table, IN_PROGRESS, ASKED_AGAIN, AWAITING_BUYER);
        add(table, IN_PROGRESS, GAVE_UP, NOT_PAID);
        add(table, IN_PROGRESS, WEBHOOK, NOT_PAID);
        add(table, IN_PROGRESS, CASHIER_RESULT, NOT_PAID);
        add(table, IN_PROGRESS, TIMER, NOT_PAID, UNDER_REVIEW);
        addLateMoney(table, IN_PROGRESS);

        add(table, NOT_PAID, CHECKOUT, AWAITING_BUYER, IN_PROGRESS, VERIFYING, UNDER_REVIEW);
        add(table, NOT_PAID, ASKED_AGAIN, AWAITING_BUYER, IN_PROGRESS);
        add(table, NOT_PAID, TIMER, UNDER_REVIEW, RETIRED);
        addLateMoney(table, NOT_PAID);

        add(table, VERIFYING, SHOP_RESULT, AWAITING_BUYER, IN_PROGRESS, NOT_PAID, UNDER_REVIEW);
        add(table, VERIFYING, GAVE_UP, NOT_PAID);
        add(table, VERIFYING, TIMER, AWAITING_BUYER, IN_PROGRESS, NOT_PAID, UNDER_REVIEW);
        add(table, VERIFYING, SHOP_CHANGE, NOT_PAID);
        addLateMoney(table, VERIFYING);

        add(table, UNDER_REVIEW, WEBHOOK, APPROVED);
        add(table, UNDER_REVIEW, CASHIER_RESULT, APPROVED);
        add(table, UNDER_REVIEW, OPERATOR_ACT, AWAITING_BUYER, IN_PROGRESS, APPROVED, NOT_PAID);

        add(table, APPROVED, TIMER, RETIRED);
        return Set.copyOf(table);
    }

    /** Wherever money is not confirmed yet, matching money confirms it and other money brings a person in. */
    private static void addLateMoney(Set<Transition> table, StateKind from) {
        add(table, from, WEBHOOK, APPROVED, UNDER_REVIEW);
        add(table, from, CASHIER_RESULT, APPROVED, UNDER_REVIEW);
        add(table, from, OPERATOR_ACT, APPROVED, UNDER_REVIEW);
    }

    private static void add(Set<Transition> table, @Nullable StateKind from, EventKind event, StateKind... to) {
        for (StateKind each : to) {
            table.add(new Transition(from, event, each));
        }
    }
}
