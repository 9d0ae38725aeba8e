package dev.intermezzo.cli.notifications;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.schemas.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo notifications}. */
@Command(
        name = "notifications",
        mixinStandardHelpOptions = true,
        description = "Look at messages that no shop took, and have them sent again once the shop works.")
public final class NotificationsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: parked or retry.");
    }

    @Command(
            name = "parked",
            mixinStandardHelpOptions = true,
            description = "The messages that are parked now, the longest parked first.")
    int parked(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Option(names = "--merchant", paramLabel = "ID", description = "Only those of this merchant.") @Nullable
                    String merchant,
            @Option(names = "--payment", paramLabel = "ID", description = "Only that of this payment; the whole id.")
                    @Nullable
                    String payment) {
        try (KafkaConnection connection = kafka.open()) {
            ParkedMessages messages = new ParkedMessages(connection);
            List<ParkedMessage> parked = (payment == null
                            ? messages.all()
                            : messages.of(payment).stream().toList())
                    .stream()
                            .filter(each -> merchant == null || each.merchant().equals(merchant))
                            .toList();
            parked.forEach(each -> output.line("%s  %s  %s  %s%n    attempts: %d. %s"
                    .formatted(
                            each.since().truncatedTo(ChronoUnit.SECONDS),
                            each.payment(),
                            each.merchant(),
                            each.row().get("outcome"),
                            each.attempts(),
                            each.reason())));
            output.line(parked.isEmpty() ? "Nothing is parked." : parked.size() + " in all: " + merchants(parked));
            output.result(Map.of(
                    "parked", parked.stream().map(ParkedMessage::row).toList(),
                    "count", parked.size(),
                    "merchants", merchants(parked)));
            return ExitCodes.HOLDS;
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = {
                "Have a parked message sent again, now: that of one payment, or with --all every one that is parked.",
                "It has a whole round of attempts again. What was delivered or overtaken meanwhile is not sent. Without "
                        + "--yes, --all only says what it would send again. Exit 0 only when the notifier took up "
                        + "every message."
            })
    int retry(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Mixin RetryChoice choice,
            @Option(
                            names = "--operator",
                            paramLabel = "NAME",
                            required = true,
                            description = "Who says that the shop works again.")
                    String operator) {
        @Nullable String payment = choice.payment(spec);
        try (KafkaConnection connection = kafka.open()) {
            Retry retry = new Retry(output, connection, operator.strip());
            return payment == null ? retry.all(choice) : retry.one(payment);
        }
    }

    /** How many of each merchant. */
    private static Map<String, Integer> merchants(List<ParkedMessage> parked) {
        Map<String, Integer> merchants = new TreeMap<>();
        parked.forEach(each -> merchants.merge(each.merchant(), 1, Integer::sum));
        return merchants;
    }

    /** One run of {@code retry}. */
    private record Retry(Output output, KafkaConnection connection, String operator) {

        int one(String payment) {
            ParkedMessages messages = new ParkedMessages(connection);
            ParkedMessage parked = messages.of(payment).orElseThrow(() -> nothingParked(payment));
            new ShopRelease(connection, InstantSource.system()).release(List.of(parked), operator, null);
            boolean takenUp = ShopRelease.stillParked(
                            List.of(parked), () -> messages.of(payment).stream().toList())
                    .isEmpty();
            output.line(
                    takenUp
                            ? "It is being sent again; 'intermezzo audit show' tells what becomes of it."
                            : "The notifier has not taken it up yet; 'intermezzo audit show' tells what was decided.");
            output.result(Map.of(
                    "payment",
                    payment,
                    "request",
                    parked.request().getId(),
                    "verdict",
                    takenUp ? "taken-up" : "not-taken-up"));
            return takenUp ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        }

        int all(RetryChoice choice) {
            ParkedMessages messages = new ParkedMessages(connection);
            List<ParkedMessage> parked =
                    messages.all().stream().filter(choice::takes).toList();
            List<ParkedMessage> chosen = parked.stream().limit(choice.limit()).toList();
            output.line(chosen.size() + " of " + parked.size() + " parked messages: " + merchants(chosen));
            if (!chosen.isEmpty() && !choice.meant()) {
                output.line("Nothing was sent again: --yes does it.");
                output.result(plan(chosen, parked.size()));
                return ExitCodes.DOES_NOT_HOLD;
            }
            List<ParkedMessage> left = List.of();
            if (!chosen.isEmpty()) {
                new ShopRelease(connection, InstantSource.system())
                        .release(chosen, operator, choice.secondPerson(operator));
                left = ShopRelease.stillParked(chosen, messages::all);
                output.line((chosen.size() - left.size()) + " taken up by the notifier, " + left.size() + " not yet.");
            }
            output.result(Map.of(
                    "asked",
                    chosen.size(),
                    "taken_up",
                    chosen.size() - left.size(),
                    "not_taken_up",
                    left.stream().map(ParkedMessage::payment).toList(),
                    "not_asked",
                    parked.size() - chosen.size()));
            return left.isEmpty() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        }

        private static Map<String, Object> plan(List<ParkedMessage> chosen, int parked) {
            Instant oldest = chosen.getFirst().since();
            return Map.of(
                    "planned", chosen.size(),
                    "parked", parked,
                    "merchants", merchants(chosen),
                    "oldest", oldest.toString());
        }

        private CommandFailure nothingParked(String payment) {
            connection.requireTopic(connection.settings().topic(Topics.PAYMENT_LEDGER));
            AtomicBoolean known = new AtomicBoolean();
            new TopicScan(connection.settings(), Topics.PAYMENT_LEDGER).whereKeyIs(payment, record -> {
                if (payment.equals(record.key())) {
                    known.set(true);
                }
            });
            return known.get()
                    ? new CommandFailure(
                            "nothing-parked",
                            "No message of this payment is parked; 'intermezzo audit show' tells what its shop was told.")
                    : new CommandFailure(
                            "payment-not-found",
                            "The ledger has no payment with this id. Give it whole; 'intermezzo audit show' finds it.");
        }
    }
}
