package dev.intermezzo.cli.deadletters;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intermezzo dead-letters}. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Look at records that no stage could take, and give them back once the cause is gone.")
public final class DeadLettersCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: list, show or retry.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "The letters of the last 30 days.")
    int list(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Option(names = "--code", paramLabel = "CODE", description = "Only letters with this code.") @Nullable
                    String code,
            @Option(names = "--stage", paramLabel = "STAGE", description = "Only letters of this stage.") @Nullable
                    String stage,
            @Option(names = "--payment", paramLabel = "ID", description = "Only letters with this key.") @Nullable
                    String payment) {
        try (KafkaConnection connection = kafka.open()) {
            List<DeadLetter> letters = new LetterBox(connection)
                    .where(letter -> (code == null || letter.getCode().equals(code))
                            && (stage == null || letter.getStage().equals(stage))
                            && (payment == null || letter.getPaymentId().equals(payment)));
            letters.forEach(letter -> output.line("%s  %s  %s%n    %s  %s"
                    .formatted(
                            letter.getOccurredAt().truncatedTo(ChronoUnit.SECONDS),
                            letter.getId(),
                            letter.getPaymentId(),
                            letter.getCode(),
                            letter.getReason())));
            Map<String, Integer> codes = new TreeMap<>();
            letters.forEach(letter -> codes.merge(letter.getCode(), 1, Integer::sum));
            output.line(letters.isEmpty() ? "No dead letters." : letters.size() + " in all: " + codes);
            output.result(Map.of(
                    "letters", letters.stream().map(DeadLettersCommand::row).toList(), "codes", codes));
            return ExitCodes.HOLDS;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "One letter with its original, opened with the vault's key. Shows what the record holds: "
                    + "texts that strangers sent may be among it.")
    int show(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Mixin KeysOptions keys,
            @Parameters(paramLabel = "LETTER", description = "Id, as 'list' prints it.") String id) {
        Vault vault = Original.vault(keys.folder(kafka.data()));
        try (KafkaConnection connection = kafka.open()) {
            DeadLetter letter = new LetterBox(connection).named(List.of(id)).getFirst();
            Optional<Topic<?>> topic = new SourceTopics(connection.settings()).of(letter);
            String original = Original.of(letter, vault).text(topic, connection.schemas());
            Map<String, Object> row = row(letter);
            row.put("original", original);
            row.forEach((name, value) -> output.line("%-9s %s".formatted(name, value)));
            output.result(row);
            return ExitCodes.HOLDS;
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = {
                "Put originals back on the topic they came from, under their key, after the cause was mended.",
                "A repeat is recognised, so giving one back twice does no harm. Commands are refused: their time is over, "
                        + "and money is never ordered from here."
            })
    int retry(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Mixin KeysOptions keys,
            @Parameters(paramLabel = "LETTER", arity = "1..*", description = "Ids, as 'list' prints them.")
                    List<String> ids) {
        Vault vault = Original.vault(keys.folder(kafka.data()));
        try (KafkaConnection connection = kafka.open()) {
            SourceTopics sources = new SourceTopics(connection.settings());
            List<Retry> retries = new LetterBox(connection)
                    .named(ids).stream()
                            .map(letter -> new Retry(letter, target(sources, letter), original(letter, vault)))
                            .toList();
            List<String> given = new ArrayList<>();
            retries.forEach(retry -> {
                new Resubmission(connection).give(retry.letter(), retry.topic(), retry.original());
                given.add(retry.letter().getId());
                output.line("Given back to " + retry.topic().name() + ": "
                        + retry.letter().getId());
            });
            output.result(Map.of("retried", given));
            return ExitCodes.HOLDS;
        }
    }

    private record Retry(DeadLetter letter, Topic<?> topic, Original original) {}

    private static Original original(DeadLetter letter, Vault vault) {
        Original original = Original.of(letter, vault);
        if (original.isEmpty()) {
            throw new CommandFailure(
                    "letter-not-retryable", letter.getId() + " had no value; there is nothing to give back.");
        }
        return original;
    }

    /** Decided for all letters before the first is given back. */
    private static Topic<?> target(SourceTopics sources, DeadLetter letter) {
        Topic<?> topic = sources.of(letter)
                .orElseThrow(() -> new CommandFailure(
                        "letter-not-retryable",
                        letter.getId() + " came from " + letter.getSourceTopic()
                                + ", which is no topic of this installation."));
        if (!SourceTopics.takesBack(topic)) {
            throw new CommandFailure(
                    "letter-not-retryable",
                    letter.getId()
                            + " is a command. Commands are not given again: their time is over, and the payment's"
                            + " story ('intermezzo audit show') tells what was decided instead.");
        }
        return topic;
    }

    private static Map<String, Object> row(DeadLetter letter) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", letter.getId());
        row.put("time", letter.getOccurredAt().toString());
        row.put("stage", letter.getStage());
        row.put("code", letter.getCode());
        row.put("reason", letter.getReason());
        row.put("payment", letter.getPaymentId());
        row.put("topic", letter.getSourceTopic());
        row.put("partition", letter.getSourcePartition());
        row.put("offset", letter.getSourceOffset());
        return row;
    }
}
