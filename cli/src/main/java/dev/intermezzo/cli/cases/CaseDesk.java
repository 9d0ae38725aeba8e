package dev.intermezzo.cli.cases;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.codec.EventCodec;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Decision;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Reason;
import dev.intermezzo.orchestrator.payment.Verdict;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CaseResolved;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.ReviewDecided;
import dev.intermezzo.schemas.avro.ReviewDecision;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Makes the acts that decide cases: one person asks, another approves. Whether an act would take effect is asked of the
 * state machine itself, with the payment's present state, before anything is written; what happens meanwhile only the
 * orchestrator knows, so it has the last word.
 */
final class CaseDesk {
    private static final Pattern NOTE = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,80}");
    /** No name that a command takes: they have no control characters. */
    private static final String SOMEBODY_ELSE = "\0";

    private final CaseBook book;
    private final OperatorActs acts;
    private final InstantSource clock;

    CaseDesk(KafkaConnection connection, InstantSource clock) {
        this.book = new CaseBook(connection);
        this.acts = new OperatorActs(connection);
        this.clock = clock;
    }

    /**
     * One person decides a case that keeps its payment under review. Asked again in the same words it is the same act.
     *
     * @param note 1 to 200 characters
     * @return the act that waits for a second person
     * @throws CommandFailure when it would take no effect, with the state machine's code; or Kafka does not answer
     */
    OperatorAct decide(String payment, String caseId, ReviewDecision decision, String note, String operator) {
        requireWritable(note);
        return ask(book.state(payment), new ReviewDecided(decision, note, caseId), operator);
    }

    /** One person agrees that a case is closed. The same as {@link #decide} else. */
    OperatorAct resolve(String payment, String caseId, String note, String operator) {
        requireWritable(note);
        return ask(book.state(payment), new CaseResolved(caseId, note), operator);
    }

    /**
     * A second person repeats the act with both names.
     *
     * @throws CommandFailure when it is refused, or Kafka does not answer
     */
    OperatorAct approve(String payment, String actId, String approver) {
        requireName(approver);
        OperatorAct asked = acts.of(payment).stream()
                .filter(act -> act.getApprover() == null
                        && act.getId().equals(actId)
                        && CaseWish.of(act).isPresent())
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "act-not-found",
                        "Nobody has asked for this in the last 7 days; 'intermezzo cases list --payment' shows"
                                + " who asked for what."));
        OperatorActs.requireSecondPerson(asked, approver);
        OperatorAct act = OperatorActs.approved(asked, approver, clock);
        requireEffect(book.state(payment), act);
        acts.publish(act);
        return act;
    }

    private OperatorAct ask(PaymentState state, SpecificRecordBase body, String operator) {
        requireName(operator);
        OperatorAct act = OperatorActs.asked(state, Ids.uuidV7(clock), operator, clock)
                .setBody(body)
                .build();
        requireEffect(state, OperatorActs.approved(act, SOMEBODY_ELSE, clock));
        Optional<OperatorAct> before = Waiting.among(acts.of(state.paymentId())).stream()
                .filter(waiting -> CaseWish.answers(act, waiting))
                .findFirst();
        if (before.isEmpty()) {
            acts.publish(act);
        }
        return before.orElse(act);
    }

    /** @param act of two persons */
    private static void requireEffect(PaymentState state, OperatorAct act) {
        Decision decision = Decider.decide(state, EventCodec.event(act));
        if (decision.verdict() != Verdict.APPLIED) {
            Reason reason = decision.reason();
            throw new CommandFailure(reason.code(), reason.sentence() + hint(reason));
        }
    }

    private static String hint(Reason reason) {
        return switch (reason) {
            case CASE_UNKNOWN, CASE_RESOLVED_BEFORE -> " 'intermezzo cases list --payment' shows what is open.";
            case NOT_UNDER_REVIEW, CASE_NEEDS_NO_DECISION -> " Close the case with 'intermezzo cases resolve'.";
            case REVIEW_NEEDS_DECISION -> " Use 'intermezzo cases decide'.";
            case NOTHING_TO_REFUND -> " Accept it or reject it.";
            default -> "";
        };
    }

    private static void requireWritable(String note) {
        if (note.isBlank() || !NOTE.matcher(note).matches()) {
            throw new CommandFailure(
                    "note-not-valid", "The note is 1 to 200 characters, none of them a control character.");
        }
    }

    private static void requireName(String name) {
        if (name.isBlank() || !NAME.matcher(name).matches()) {
            throw new CommandFailure(
                    "operator-not-valid", "The name is 1 to 80 characters, none of them a control character.");
        }
    }
}
