package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.time.Duration;

/** The cashier executor for calls that open pages: at least once. */
final class PageExecutor {
    private static final String PROCESS = "cashier";
    private static final Duration ANSWER_LEAST = Duration.ofMillis(20);
    private static final Duration ANSWER_MOST = Duration.ofSeconds(19);
    private static final Duration LATEST_REPORT = Duration.ofMinutes(4);

    private final World world;
    private final Cashier cashier;
    private final FirstAnswers answers;

    PageExecutor(World world, Cashier cashier, FirstAnswers answers) {
        this.world = world;
        this.cashier = cashier;
        this.answers = answers;
    }

    void start() {
        new CommandReader<>(world, PROCESS, Topics.CASHIER_COMMANDS, this::handle).start();
    }

    private void handle(CashierCommand command, Work work) {
        if (work.diesBy(world, FaultKind.CRASH_BEFORE_CALL)) {
            return;
        }
        OrderJournal order = world.journal(command.getPaymentId());
        if (world.clockOf(PROCESS).isAfter(command.getNotAfter())) {
            report(command, new Cashier.Answer(new NotExecuted("command-expired"), 0, null), work);
        } else if (command.getBuyerKeys().isEmpty()) {
            report(command, new Cashier.Answer(new NotExecuted("details-not-openable"), 0, null), work);
        } else {
            Cashier.Answer answer = cashier.open(order, command);
            String place = "call/" + command.getId();
            Duration most = world.chance().permille(800, place) ? Duration.ofSeconds(1) : ANSWER_MOST;
            world.agenda()
                    .after(
                            world.chance().between(ANSWER_LEAST, most, place),
                            () -> work.run(() -> {
                                if (!work.diesBy(world, FaultKind.CRASH_AFTER_CALL)) {
                                    report(command, answer, work);
                                }
                            }));
        }
    }

    private void report(CashierCommand command, Cashier.Answer answer, Work work) {
        String place = "report/" + command.getId();
        if (answer.fact() instanceof AnsweredAtOnce && world.chance().permille(400, place)) {
            // Long after anybody waits for it; and nobody likes to wait.
            world.buyer(command.getPaymentId()).waitsInVain();
            Duration late = world.chance().between(Duration.ZERO, LATEST_REPORT, place);
            world.agenda().after(late, () -> send(command, answer, work, place));
        } else {
            send(command, answer, work, place);
        }
    }

    private void send(CashierCommand command, Cashier.Answer answer, Work work, String place) {
        CashierResult result = Reports.of(command, answer.fact(), answer.httpStatus(), world.clockOf(PROCESS));
        work.report(world, place, () -> {
            answers.writing(result.getId(), answer.transaction());
            world.append(Topics.CASHIER_RESULTS, result.getPaymentId(), result);
        });
    }
}
