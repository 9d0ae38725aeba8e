package dev.intermezzo.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /**
     * The simulator's executor trusts the claim that it wrote and calls before it is committed with the offset. Its steps are
     * those of the production's ClaimWriter and OnceExecution, which have no source in common with it.
     */
    AT_MOST_ONCE_COMMIT_REMOVED(
            "simulator/world/OnceExecutor.java",
            List.of(
                    new Change("            producer.commit(done);", "            // committed with the note, if ever"),
                    new Change(
                            "standing = index.standing(command.getId(), new ClaimIndex.Place(written.partition(), written.offset()));",
                            "standing = OnceDecision.Standing.OURS;"))),

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

    private final String file;

    @SuppressWarnings("ImmutableEnumChecker") // only ever List.of
    private final List<Change> changes;

    BrokenBuild(String file, List<Change> changes) {
        this.file = file;
        this.changes = changes;
    }

    /** Writes the changed source below a folder, and says where. */
    Path writeTo(Path folder) throws IOException {
        String source = Files.readString(original());
        for (Change change : changes) {
            int first = source.indexOf(change.from());
            if (first < 0 || source.indexOf(change.from(), first + 1) >= 0) {
                throw new AssertionError(file + " does not hold exactly once: " + change.from());
            }
            source = source.replace(change.from(), change.to());
        }
        Path written = folder.resolve(Path.of(file).getFileName());
        return Files.writeString(written, source);
    }

    private Path original() {
        String part = file.substring(0, file.indexOf('/'));
        String module = part.equals("orchestrator") ? "payment-orchestrator" : part;
        return Path.of("..", module, "src", "main", "java", "dev", "intermezzo").resolve(file);
    }
}
