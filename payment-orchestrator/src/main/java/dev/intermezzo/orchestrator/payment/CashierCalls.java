package dev.intermezzo.orchestrator.payment;

import java.util.List;
import java.util.Optional;

/** Makes the Cashier calls of an attempt, and remembers the names of its transactions. */
final class CashierCalls {

    /** Name of the route setting that carries a brand, where the merchant has one. */
    private static final String BRAND = "brandId";

    private CashierCalls() {}

    /** Issues the attempt's call, or issues it again, and waits for its answer. */
    static Attempt issue(Turn turn, Attempt attempt) {
        PlannedRoute route = attempt.route();
        var notAfter = turn.now().plus(attempt.movesMoney() ? Limits.MONEY_NOT_AFTER : Limits.PAGE_NOT_AFTER);
        Command.OpenPage call = turn.command(head -> new Command.OpenPage(
                head,
                attempt.number(),
                route.provider(),
                route.account(),
                route.kind(),
                attempt.amount(),
                route.settings(),
                route.userIdPerAttempt(),
                notAfter,
                parts(turn.dossier().buyer(), attempt),
                brand(route).orElse(null)));
        turn.disarm(TimerKind.CASHIER_RETRY, attempt.number());
        turn.armAt(
                TimerKind.CASHIER_ANSWER,
                attempt.number(),
                notAfter.plus(Limits.CALL_DEADLINE).plus(Limits.REPORT_SLACK));
        return turn.put(attempt.with(attempt.calls().issued(call.id())).with(AttemptStatus.OPENING));
    }

    /** Makes the call again after a wait that doubles each time. */
    static Attempt retryLater(Turn turn, Attempt attempt) {
        stopWaiting(turn, attempt.number());
        turn.arm(
                TimerKind.CASHIER_RETRY,
                attempt.number(),
                Limits.backoff(attempt.calls().retries()));
        return turn.put(attempt.with(attempt.calls().retried()));
    }

    /** No answer is awaited any more. */
    static void stopWaiting(Turn turn, int number) {
        turn.disarm(TimerKind.CASHIER_ANSWER, number);
        turn.disarm(TimerKind.CASHIER_RETRY, number);
    }

    /** Learns the names of one transaction and publishes the new ones, so that its webhooks find this attempt. */
    static Attempt learn(Turn turn, Attempt attempt, List<String> ids) {
        Attempt named = attempt.naming(ids);
        for (String id : ids) {
            if (!Transaction.isStandIn(id)
                    && attempt.transaction(id).isEmpty()
                    && named.transaction(id).isPresent()) {
                index(turn, named, id);
            }
        }
        return turn.put(named);
    }

    static void index(Turn turn, Attempt attempt, String transactionId) {
        PlannedRoute route = attempt.route();
        turn.command(head ->
                new Command.IndexTransaction(head, route.account(), transactionId, attempt.number(), route.provider()));
    }

    /** The buyer's details, and the voucher that this very attempt redeems. */
    private static List<SealedData> parts(List<SealedData> buyer, Attempt attempt) {
        return attempt.voucher() == null ? buyer : Lists.append(buyer, attempt.voucher());
    }

    private static Optional<String> brand(PlannedRoute route) {
        return route.settings().stream()
                .filter(setting -> setting.name().equals(BRAND))
                .map(Setting::value)
                .findFirst();
    }
}
