package dev.intermezzo.cli.cases;

import dev.intermezzo.orchestrator.payment.Reason;
import dev.intermezzo.schemas.avro.CaseResolved;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.ReviewDecided;
import java.util.Locale;
import java.util.Optional;

/**
 * What an act about a case wants.
 *
 * @param word accept, refund, reject or resolve
 * @param about the case; empty: an act that names none
 * @param accepted what is said of it once it takes effect, as a code
 */
record CaseWish(String word, String about, String note, String accepted) {

    /** Empty for an act about something else. */
    static Optional<CaseWish> of(OperatorAct act) {
        return switch (act.getBody()) {
            case ReviewDecided decided ->
                Optional.of(new CaseWish(
                        decided.getDecision().name().toLowerCase(Locale.ROOT),
                        decided.getCaseId(),
                        decided.getNote(),
                        switch (decided.getDecision()) {
                            case ACCEPT -> Reason.REVIEW_ACCEPTED.code();
                            case REFUND -> Reason.REVIEW_REFUND.code();
                            case REJECT -> Reason.REVIEW_REJECTED.code();
                        }));
            case CaseResolved resolved ->
                Optional.of(
                        new CaseWish("resolve", resolved.getCaseId(), resolved.getNote(), Reason.CASE_RESOLVED.code()));
            default -> Optional.empty();
        };
    }

    /** @throws IllegalArgumentException when the act is about something else */
    static CaseWish in(OperatorAct act) {
        return of(act).orElseThrow(() -> new IllegalArgumentException("act " + act.getId() + " is about no case"));
    }

    /** Two persons' act that repeats what one asked. */
    static boolean answers(OperatorAct approved, OperatorAct asked) {
        return approved.getPaymentId().equals(asked.getPaymentId())
                && approved.getOperator().equals(asked.getOperator())
                && approved.getBody().equals(asked.getBody());
    }
}
