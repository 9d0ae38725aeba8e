package dev.intermezzo.orchestrator.payment;

import java.util.List;

/**
 * The Cashier calls of one attempt or refund.
 *
 * @param commandIds oldest first, the current one last; at most {@value #MAX_IDS} are remembered
 * @param made how many were made in all
 * @param retries waits since the last answer that told something; bounds the backoff
 * @param lost calls whose answer was lost, so that a transaction may exist that nobody can name
 * @param onHold the account's credentials were refused: nothing is out, the call is issued again on release
 */
public record Calls(List<String> commandIds, int made, int retries, int lost, boolean onHold) {

    static final int MAX_IDS = 16;

    static final Calls NONE = new Calls(List.of(), 0, 0, 0, false);

    public Calls {
        commandIds = List.copyOf(commandIds);
    }

    Calls issued(String commandId) {
        return new Calls(Lists.appendKeepingLast(commandIds, commandId, MAX_IDS), made + 1, retries, lost, false);
    }

    Calls retried() {
        return new Calls(commandIds, made, retries + 1, lost, onHold);
    }

    Calls answerLost() {
        return new Calls(commandIds, made, retries, lost + 1, onHold);
    }

    /** The latest call, of which nothing had been heard, was not made. */
    Calls silenceTakenBack() {
        return new Calls(commandIds, made, retries, lost - 1, onHold);
    }

    Calls held() {
        return new Calls(commandIds, made, retries, lost, true);
    }

    boolean current(String commandId) {
        return !commandIds.isEmpty() && commandIds.getLast().equals(commandId);
    }

    boolean includes(String commandId) {
        return commandIds.contains(commandId);
    }
}
