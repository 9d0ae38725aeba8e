package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An entry that stays open until someone decides it.
 *
 * @param id {@code <payment>#<sequence>.<n>}
 * @param reason stable code
 * @param detail for people, such as the host or the status concerned; never a buyer's data
 * @param attempt number of the attempt or refund concerned; 0: none
 * @param transactionId empty: none
 * @param received the money concerned, where it is known and readable
 * @param resolvedAt null: open
 * @param resolution who or what closed it; empty while open
 */
public record Case(
        String id,
        CaseKind kind,
        String reason,
        String detail,
        int attempt,
        String transactionId,
        @Nullable Money received,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        String resolution) {

    public boolean open() {
        return resolvedAt == null;
    }

    /** Keeps its payment under review; doubts about a refund do not. */
    public boolean keepsUnderReview() {
        return open() && kind == CaseKind.UNDER_REVIEW && attempt <= Dossier.MAX_ATTEMPTS;
    }

    boolean sameMatterAs(Case other) {
        return kind == other.kind
                && reason.equals(other.reason)
                && attempt == other.attempt
                && transactionId.equals(other.transactionId);
    }

    Case resolved(Instant at, String by) {
        return new Case(id, kind, reason, detail, attempt, transactionId, received, openedAt, at, by);
    }
}
