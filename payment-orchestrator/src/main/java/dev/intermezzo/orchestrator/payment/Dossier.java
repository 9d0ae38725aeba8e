package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about a payment, whatever its state. Immutable; every list has a bound.
 *
 * @param plan the plan of the latest checkout or buyer's answer
 * @param buyer sealed parts in order, at most {@value #MAX_BUYER_PARTS}; a later part overrides an earlier one
 * @param attempts at most {@value #MAX_ATTEMPTS}, numbered from 1
 * @param refunds at most {@value #MAX_REFUNDS}
 * @param cases open and resolved ones, at most {@value #MAX_CASES}
 * @param messages what the shop is told: at most one per status
 * @param timers that count
 * @param choice what the last event taken made of the plan's routes; null: it had none to choose among
 * @param time payment time: never before the time of any event taken
 * @param sequence of the last event taken, from 1
 * @param recentEvents ids of the last {@value #MAX_RECENT_EVENTS} events taken, oldest first
 */
public record Dossier(
        String paymentId,
        String merchantId,
        Environment environment,
        Order order,
        PaymentPlan plan,
        List<SealedData> buyer,
        List<Attempt> attempts,
        List<Refund> refunds,
        List<Case> cases,
        List<Message> messages,
        List<ArmedTimer> timers,
        @Nullable RouteChoice choice,
        Instant time,
        long sequence,
        List<String> recentEvents) {

    public static final int MAX_ATTEMPTS = 8;
    static final int MAX_VOUCHERS = 3;
    static final int MAX_BUYER_PARTS = 8;
    static final int MAX_REFUNDS = 16;
    static final int MAX_CASES = 64;
    static final int MAX_RECENT_EVENTS = 32;

    public Dossier {
        buyer = List.copyOf(buyer);
        attempts = List.copyOf(attempts);
        refunds = List.copyOf(refunds);
        cases = List.copyOf(cases);
        messages = List.copyOf(messages);
        timers = List.copyOf(timers);
        recentEvents = List.copyOf(recentEvents);
    }

    // What it says

    /** The attempt of this number, if there is one. */
    public Optional<Attempt> attempt(int number) {
        return number >= 1 && number <= attempts.size() ? Optional.of(attempts.get(number - 1)) : Optional.empty();
    }

    public Optional<Attempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    public Optional<Refund> refund(int number) {
        return refunds.stream().filter(refund -> refund.number() == number).findFirst();
    }

    /** Routes of a plan that can be used now. */
    List<PlannedRoute> usable(PaymentPlan of) {
        return of.routes().stream().filter(route -> obstacle(route).isEmpty()).toList();
    }

    /** Why a route cannot be used now: at most {@value #MAX_VOUCHERS} attempts of a payment redeem a voucher. */
    Optional<RouteReason> obstacle(PlannedRoute route) {
        if (!route.eligible()) {
            return Optional.of(RouteReason.NOT_ELIGIBLE);
        }
        return route.takesVoucher() && vouchersTried() >= MAX_VOUCHERS
                ? Optional.of(RouteReason.VOUCHER_TRIES_EXHAUSTED)
                : Optional.empty();
    }

    private long vouchersTried() {
        return attempts.stream()
                .filter(attempt -> attempt.route().takesVoucher())
                .count();
    }

    /** The money of all approved transactions. */
    public Money approvedSum() {
        return attempts.stream()
                .flatMap(attempt -> attempt.transactions().stream())
                .flatMap(transaction -> Optional.ofNullable(transaction.approved()).stream())
                .reduce(Money.zero(order.amount().getCurrencyUnit()), Money::plus);
    }

    /** The money of all refunds that happened or may have happened. */
    public Money refundedSum() {
        return refunds.stream()
                .filter(Refund::counts)
                .map(Refund::amount)
                .reduce(Money.zero(order.amount().getCurrencyUnit()), Money::plus);
    }

    public boolean anyMayStillBePaid() {
        return attempts.stream().anyMatch(Attempt::mayStillBePaid);
    }

    public List<Case> openCases() {
        return cases.stream().filter(Case::open).toList();
    }

    boolean hasOpenCase(CaseKind kind) {
        return cases.stream().anyMatch(each -> each.open() && each.kind() == kind);
    }

    Optional<Message> message(NotifyStatus status) {
        return messages.stream().filter(message -> message.status() == status).findFirst();
    }

    Optional<ArmedTimer> timer(TimerKind kind, int attempt) {
        return timers.stream().filter(timer -> timer.is(kind, attempt)).findFirst();
    }

    /** Where a transaction of this account is known: the attempt that has it. */
    Optional<Attempt> attemptWith(String account, String transactionId) {
        return attempts.stream()
                .filter(attempt -> attempt.route().account().equals(account)
                        && attempt.transaction(transactionId).isPresent())
                .findFirst();
    }

    // How it changes

    Dossier with(Order next) {
        return copy(next, plan, buyer, attempts, refunds, cases, messages, timers, choice);
    }

    Dossier with(PaymentPlan next) {
        return copy(order, next, buyer, attempts, refunds, cases, messages, timers, choice);
    }

    Dossier withBuyer(List<SealedData> parts) {
        return copy(order, plan, parts, attempts, refunds, cases, messages, timers, choice);
    }

    /** Adds the attempt, or replaces the one of its number. */
    Dossier with(Attempt changed) {
        boolean isNew = changed.number() == attempts.size() + 1;
        if (!isNew && attempt(changed.number()).isEmpty()) {
            throw new IllegalStateException("attempt " + changed.number() + " out of order in " + paymentId);
        }
        if (isNew && attempts.size() == MAX_ATTEMPTS) {
            throw new IllegalStateException("more than " + MAX_ATTEMPTS + " attempts in " + paymentId);
        }
        List<Attempt> next =
                isNew ? Lists.append(attempts, changed) : Lists.replace(attempts, changed.number() - 1, changed);
        return copy(order, plan, buyer, next, refunds, cases, messages, timers, choice);
    }

    /** Changes every attempt. */
    Dossier withAttempts(UnaryOperator<Attempt> change) {
        return copy(
                order, plan, buyer, attempts.stream().map(change).toList(), refunds, cases, messages, timers, choice);
    }

    /** Adds the refund, or replaces the one of its number. */
    Dossier with(Refund changed) {
        boolean isNew = refund(changed.number()).isEmpty();
        List<Refund> next = isNew
                ? Lists.append(refunds, changed)
                : refunds.stream()
                        .map(each -> each.number() == changed.number() ? changed : each)
                        .toList();
        return copy(order, plan, buyer, attempts, next, cases, messages, timers, choice);
    }

    Dossier withCases(List<Case> next) {
        return copy(order, plan, buyer, attempts, refunds, next, messages, timers, choice);
    }

    /** Adds the message, or replaces the one of its request. */
    Dossier with(Message changed) {
        boolean known = messages.stream().anyMatch(each -> each.requestId().equals(changed.requestId()));
        List<Message> next = known
                ? messages.stream()
                        .map(each -> each.requestId().equals(changed.requestId()) ? changed : each)
                        .toList()
                : Lists.append(messages, changed);
        return copy(order, plan, buyer, attempts, refunds, cases, next, timers, choice);
    }

    Dossier withTimers(List<ArmedTimer> next) {
        return copy(order, plan, buyer, attempts, refunds, cases, messages, next, choice);
    }

    Dossier with(RouteChoice next) {
        return copy(order, plan, buyer, attempts, refunds, cases, messages, timers, next);
    }

    /** Takes one more event, which has chosen nothing yet. */
    Dossier taking(String eventId, Instant at) {
        return new Dossier(
                paymentId,
                merchantId,
                environment,
                order,
                plan,
                buyer,
                attempts,
                refunds,
                cases,
                messages,
                timers,
                null,
                at.isAfter(time) ? at : time,
                sequence + 1,
                Lists.appendKeepingLast(recentEvents, eventId, MAX_RECENT_EVENTS));
    }

    private Dossier copy(
            Order newOrder,
            PaymentPlan newPlan,
            List<SealedData> newBuyer,
            List<Attempt> newAttempts,
            List<Refund> newRefunds,
            List<Case> newCases,
            List<Message> newMessages,
            List<ArmedTimer> newTimers,
            @Nullable RouteChoice newChoice) {
        return new Dossier(
                paymentId,
                merchantId,
                environment,
                newOrder,
                newPlan,
                newBuyer,
                newAttempts,
                newRefunds,
                newCases,
                newMessages,
                newTimers,
                newChoice,
                time,
                sequence,
                recentEvents);
    }
}
