package dev.intermezzo.cli.audit;

import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.orchestrator.payment.RouteChoice;
import dev.intermezzo.orchestrator.payment.StateKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One payment as its ledger tells it.
 *
 * @param merchantId and {@code environment}: of its last readable entry
 * @param state after the last entry that this build decides the same way; null: after none
 * @param whole every entry is intact and decided the same way, so {@code state} is the payment's
 */
record Story(
        String payment,
        String merchantId,
        String environment,
        @Nullable PaymentState state,
        List<Chapter> chapters,
        boolean whole) {

    Story {
        chapters = List.copyOf(chapters);
    }

    /**
     * One entry.
     *
     * @param event kind of event; empty when the entry cannot be read
     * @param words what happened
     * @param code why it was noted or refused; empty when it was applied
     * @param routing null: the event had no route to choose, or this build does not decide it itself
     * @param marks what is wrong with the entry; empty: nothing
     */
    record Chapter(
            long sequence,
            @Nullable Instant occurredAt,
            String topic,
            String event,
            String words,
            String verdict,
            String code,
            @Nullable Routing routing,
            List<Told> commands,
            List<String> marks) {

        Chapter {
            commands = List.copyOf(commands);
            marks = List.copyOf(marks);
        }
    }

    /** A choice, and the routes that it was made among. */
    record Routing(RouteChoice choice, List<PlannedRoute> routes) {
        Routing {
            routes = List.copyOf(routes);
        }
    }

    /** A command; no words when this build does not decide it itself. */
    record Told(String id, String words) {}

    Optional<StateKind> stateKind() {
        return Optional.ofNullable(state).map(PaymentState::kind);
    }

    Optional<Money> amount() {
        return switch (state) {
            case PaymentState.Live live -> Optional.of(live.dossier().order().amount());
            case Retired retired -> Optional.of(retired.amount());
            case PaymentState.FreePayOut free -> Optional.of(free.payOut().amount());
            case PaymentState.Orphan orphan -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    Optional<String> invoice() {
        return state instanceof PaymentState.Live live
                ? Optional.of(live.dossier().order().invoiceId())
                : Optional.empty();
    }

    List<Case> openCases() {
        List<Case> cases = switch (state) {
            case PaymentState.Live live -> live.dossier().cases();
            case Retired retired -> retired.cases();
            case PaymentState.FreePayOut free -> free.cases();
            case PaymentState.Orphan orphan -> orphan.cases();
            case null -> List.of();
        };
        return cases.stream().filter(Case::open).toList();
    }
}
