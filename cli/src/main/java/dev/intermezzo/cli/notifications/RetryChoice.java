package dev.intermezzo.cli.notifications;

import dev.intermezzo.cli.output.CommandFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which parked messages are meant: that of one payment, or many at once, which needs a second person. */
final class RetryChoice {
    private static final int MOST = 10_000;

    @Parameters(paramLabel = "PAYMENT", arity = "0..1", description = "Whole payment id.")
    private @Nullable String payment;

    @Option(names = "--all", description = "Every parked message, the longest parked first.")
    private boolean all;

    @Option(names = "--merchant", paramLabel = "ID", description = "With --all: only those of this merchant.")
    private @Nullable String merchant;

    @Option(
            names = "--parked-since",
            paramLabel = "TIME",
            description = "With --all: only those parked at or after this instant, such as 2026-03-01T06:00:00Z.")
    private @Nullable Instant since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "With --all: at most so many, up to " + MOST + ". Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--yes", description = "With --all: do it. Without, the plan is shown.")
    private boolean yes;

    @Option(
            names = "--approver",
            paramLabel = "NAME",
            description = "With --all --yes: the second person, who is not the operator.")
    private @Nullable String approver;

    /** The one payment; null: many. */
    @Nullable
    String payment(CommandSpec spec) {
        if ((payment == null) != all) {
            throw new ParameterException(spec.commandLine(), "Give either a payment's id or --all.");
        }
        if (!all && (merchant != null || since != null || yes || approver != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--merchant, --parked-since, --approver and --yes go with --all.");
        }
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit is from 1 to " + MOST + ".");
        }
        return payment;
    }

    boolean takes(ParkedMessage parked) {
        return (merchant == null || parked.merchant().equals(merchant))
                && (since == null || !parked.since().isBefore(since));
    }

    int limit() {
        return limit;
    }

    /** It is to be done, not only shown. */
    boolean meant() {
        return yes;
    }

    /** @throws CommandFailure {@code second-person-needed} when nobody else approves */
    String secondPerson(String operator) {
        if (approver == null || approver.isBlank() || approver.strip().equals(operator)) {
            throw new CommandFailure(
                    "second-person-needed",
                    "Many messages at once need two persons: --approver names another than --operator.");
        }
        return approver.strip();
    }
}
