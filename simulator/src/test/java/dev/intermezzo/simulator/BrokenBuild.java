package dev.intermezzo.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The production with one safeguard taken out. Each change names the very text it replaces, which must occur exactly once: when
 * the code moves on, the change fails instead of proving nothing.
 */
enum BrokenBuild {
    /** Nothing is changed: compiled and run in the same way, it must be clean. */
    NONE("orchestrator/payment/MoneyMatch.java", List.of()),

    DEDUPLICATION_REMOVED(
            "orchestrator/payment/Decider.java",
            List.of(new Change(
                    "if (state.recentEvents().contains(event.id())) {",
                    "if (state.recentEvents().contains(event.id()) && event.id().isEmpty()) {"))),

    AMOUNT_CHECK_REMOVED(
            "orchestrator/payment/MoneyMatch.java",
            List.of(new Change(
                    "case -1 -> new MoneyMatch(Reason.MONEY_LESS, received);",
                    "case -1 -> new MoneyMatch(Reason.MONEY_MATCHES, asked);"))),

    MORE_MONEY_CALLED_MATCHING(
            "orchestrator/payment/MoneyMatch.java",
            List.of(new Change(
                    "default -> new MoneyMatch(Reason.MONEY_MORE, received);",
                    "default -> new MoneyMatch(Reason.MONEY_MATCHES, asked);"))),

    OTHER_CURRENCY_CALLED_MATCHING(
            "orchestrator/payment/MoneyMatch.java",
            List.of(new Change(
                    "return new MoneyMatch(Reason.MONEY_OTHER_CURRENCY, received);",
                    "return new MoneyMatch(Reason.MONEY_MATCHES, asked);"))),

    ABSENT_AMOUNT_CALLED_MATCHING(
            "orchestrator/payment/MoneyMatch.java",
            List.of(new Change(
                    "return new MoneyMatch(Reason.MONEY_AMOUNT_ABSENT, null);",
                    "return new MoneyMatch(Reason.MONEY_MATCHES, asked);"))),

    AT_MOST_ONCE_REMOVED(
            "orchestrator/cashier/OnceDecision.java",
            List.of(
                    new Change("if (claimed) {", "if (claimed && preparation == null) {"),
                    new Change("case ANOTHERS -> new Act.Yield();", "case ANOTHERS -> ours.get();"))),

    /** The executor does not commit its claim, and takes one that it cannot read back for its own. */
    AT_MOST_ONCE_COMMIT_REMOVED(
            new Source(
                    "orchestrator/cashier/ClaimTransaction.java",
                    List.of(new Change("        log.commit();", "        // committed with the note, if ever"))),
            new Source(
                    "orchestrator/cashier/OnceDecision.java",
                    List.of(new Change("case NOT_SEEN -> new Act.Unsure();", "case NOT_SEEN -> ours.get();")))),

    /** The commit alone is missing: what cannot be read back is not called. */
    CLAIM_NOT_COMMITTED(
            "orchestrator/cashier/ClaimTransaction.java",
            List.of(new Change("        log.commit();", "        // committed with the note, if ever"))),

    LOST_PAY_OUT_CALLED_PAID(
            "orchestrator/payment/RefundRules.java",
            List.of(new Change(
                    "case AnswerLost lost -> unknown(turn, learn(turn, refund, lost.transactionIds()), Reason.ANSWER_LOST);",
                    "case AnswerLost lost -> paid(turn, learn(turn, refund, lost.transactionIds()));"))),

    ORDERING_REMOVED(
            "notifier/schedule/Schedule.java",
            List.of(new Change(
                    "} else if (order.phase() == SchedulePhase.SENT) {",
                    "} else if (order.phase() == SchedulePhase.SENT && request.getId().isEmpty()) {"))),

    SURPLUS_RULE_REMOVED(
            "orchestrator/payment/Approvals.java",
            List.of(new Change(
                    "            return surplus(state, turn, approved, transaction, money);",
                    "            return Outcome.applied(state.stay(turn.dossier()), Reason.SURPLUS);")));

    private record Change(String from, String to) {}

    private record Source(String file, List<Change> changes) {}

    @SuppressWarnings("ImmutableEnumChecker") // only ever List.of
    private final List<Source> sources;

    BrokenBuild(String file, List<Change> changes) {
        this(new Source(file, changes));
    }

    BrokenBuild(Source... sources) {
        this.sources = List.of(sources);
    }

    /** Writes the changed sources below a folder, and says where. */
    List<Path> writeTo(Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Source source : sources) {
            written.add(Files.writeString(folder.resolve(Path.of(source.file()).getFileName()), changed(source)));
        }
        return written;
    }

    private static String changed(Source source) throws IOException {
        String text = Files.readString(original(source.file()));
        for (Change change : source.changes()) {
            int first = text.indexOf(change.from());
            if (first < 0 || text.indexOf(change.from(), first + 1) >= 0) {
                throw new AssertionError(source.file() + " does not hold exactly once: " + change.from());
            }
            text = text.replace(change.from(), change.to());
        }
        return text;
    }

    private static Path original(String file) {
        String part = file.substring(0, file.indexOf('/'));
        String module = part.equals("orchestrator") ? "payment-orchestrator" : part;
        return Path.of("..", module, "src", "main", "java", "dev", "intermezzo").resolve(file);
    }
}
