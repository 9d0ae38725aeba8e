package dev.intermezzo.orchestrator.payment;

import org.jspecify.annotations.Nullable;

/**
 * What a shop was told, or is being told.
 *
 * @param requestId id of the {@link Command.TellShop}
 * @param end null: the schedule is still at it
 * @param shopStatus what the shop said its status is; null: it did not say
 */
public record Message(
        String requestId,
        NotifyStatus status,
        boolean checkPending,
        @Nullable NotificationEnd end,
        @Nullable String shopStatus) {

    boolean settled() {
        return end != null;
    }

    /** Parked before; the schedule is at it again. */
    Message underWayAgain() {
        return new Message(requestId, status, checkPending, null, null);
    }

    Message ended(NotificationEnd how, @Nullable String saidStatus) {
        return new Message(requestId, status, checkPending, how, saidStatus);
    }
}
