package dev.intermezzo.orchestrator.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One event's turn: the dossier while it changes, and what the decision asks for. Lives only as long as one call of
 * {@link Decider#decide}; confining the changes here keeps the rules short and the function pure.
 */
final class Turn {

    private final Event event;
    private final List<Command> commands = new ArrayList<>();
    private final List<TimerRequest> requested = new ArrayList<>();
    private Dossier dossier;
    private int decided;

    /** Begins a turn with a dossier that has taken the event already. */
    Turn(Dossier dossier, Event event) {
        this.dossier = dossier;
        this.event = event;
    }

    Event event() {
        return event;
    }

    Dossier dossier() {
        return dossier;
    }

    /** Payment time of this turn. */
    Instant now() {
        return dossier.time();
    }

    void change(UnaryOperator<Dossier> change) {
        dossier = change.apply(dossier);
    }

    /** Replaces the attempt of its number, or adds it; hands it back for further use. */
    Attempt put(Attempt attempt) {
        dossier = dossier.with(attempt);
        return attempt;
    }

    /** Puts a choice among the plan's routes on record; hands it back. */
    RouteChoice put(RouteChoice choice) {
        dossier = dossier.with(choice);
        return choice;
    }

    Refund put(Refund refund) {
        dossier = dossier.with(refund);
        return refund;
    }

    // Commands

    String nextId() {
        decided++;
        return dossier.paymentId() + '#' + dossier.sequence() + '.' + decided;
    }

    /** Asks the outside world for something; the id is the next of this turn. */
    <C extends Command> C command(Function<Command.Head, C> make) {
        C command = make.apply(
                new Command.Head(nextId(), dossier.paymentId(), dossier.merchantId(), dossier.environment(), now()));
        commands.add(command);
        return command;
    }

    List<Command> commands() {
        return commands;
    }

    // Timers

    void arm(TimerKind kind, int attempt, Duration in) {
        armAt(kind, attempt, now().plus(in));
    }

    void armAt(TimerKind kind, int attempt, Instant due) {
        disarm(kind, attempt);
        dossier = dossier.withTimers(
                Lists.append(dossier.timers(), new ArmedTimer(kind, attempt, dossier.sequence(), due)));
        requested.add(new TimerRequest(kind, due, attempt));
    }

    void disarm(TimerKind kind, int attempt) {
        requested.removeIf(timer -> timer.kind() == kind && timer.attempt() == attempt);
        dossier = dossier.withTimers(dossier.timers().stream()
                .filter(timer -> !timer.is(kind, attempt))
                .toList());
    }

    List<TimerRequest> timers() {
        return requested;
    }

    // Cases

    /** Opens a case; the same matter that is open already stays one case. False when nothing was opened. */
    boolean openCase(
            CaseKind kind, String reason, String detail, int attempt, String transactionId, @Nullable Money received) {
        Case opened = new Case(
                dossier.paymentId() + '#' + dossier.sequence() + '.' + (decided + 1),
                kind,
                reason,
                detail,
                attempt,
                transactionId,
                received,
                now(),
                null,
                "");
        if (dossier.cases().stream().anyMatch(known -> known.open() && known.sameMatterAs(opened))) {
            return false;
        }
        List<Case> kept = roomForOneMore(dossier.cases());
        if (kept.size() == Dossier.MAX_CASES) {
            return false;
        }
        decided++;
        dossier = dossier.withCases(Lists.append(kept, opened));
        return true;
    }

    /** Closes every open case that the predicate names. */
    void resolveCases(Predicate<Case> which, String by) {
        dossier = dossier.withCases(dossier.cases().stream()
                .map(each -> each.open() && which.test(each) ? each.resolved(now(), by) : each)
                .toList());
    }

    /** Forgets the oldest resolved case when the list is full; open ones are never forgotten. */
    private static List<Case> roomForOneMore(List<Case> cases) {
        if (cases.size() < Dossier.MAX_CASES) {
            return cases;
        }
        List<Case> kept = new ArrayList<>(cases);
        cases.stream().filter(each -> !each.open()).findFirst().ifPresent(kept::remove);
        return kept;
    }
}
