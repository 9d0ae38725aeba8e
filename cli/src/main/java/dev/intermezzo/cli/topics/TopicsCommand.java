package dev.intermezzo.cli.topics;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.runtime.kafka.BrokerCheck;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicProblem;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo topics}. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Compare the installation's topics with what they must be, and create what is missing.")
public final class TopicsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: plan or apply.");
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = {
                "Print what differs; change nothing. Exit 0 only when nothing differs.",
                "Advice on the brokers' own settings is printed too; it does not count."
            })
    int plan(@Mixin Output output, @Mixin KafkaOptions kafka, @Mixin TopicShapeOptions shape) {
        return run(kafka, shape, (cluster, admin) -> {
            List<TopicProblem> problems = admin.plan(Topics.ALL);
            problems.forEach(problem -> output.line(
                    "  " + problem.sentence() + (problem.isApplicable() ? "" : " 'topics apply' cannot change that.")));
            output.line(
                    problems.isEmpty()
                            ? "All topics are as they must be."
                            : problems.size() + " differences were found.");
            List<String> advice = BrokerCheck.advice(cluster);
            advice.forEach(sentence -> output.line("  advice: " + sentence));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("problems", rows(problems));
            fields.put("advice", advice);
            output.result(fields);
            return problems.isEmpty() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        });
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Create missing topics and set what differs. Exit 0 only when nothing differs afterwards.")
    int apply(@Mixin Output output, @Mixin KafkaOptions kafka, @Mixin TopicShapeOptions shape) {
        return run(kafka, shape, (cluster, admin) -> {
            List<TopicProblem> before = admin.plan(Topics.ALL);
            List<TopicProblem> after = before.isEmpty() ? before : admin.apply(Topics.ALL);
            List<TopicProblem> done =
                    before.stream().filter(problem -> !after.contains(problem)).toList();
            done.forEach(problem -> output.line("  done: " + deed(problem)));
            after.forEach(problem -> output.line("  left: " + problem.sentence()));
            output.line(
                    after.isEmpty()
                            ? "All topics are as they must be."
                            : after.size() + " differences are left for a person to solve.");
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("applied", rows(done));
            fields.put("problems", rows(after));
            output.result(fields);
            return after.isEmpty() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        });
    }

    private interface Step {
        int take(KafkaSettings kafka, TopicAdmin admin);
    }

    private int run(KafkaOptions kafka, TopicShapeOptions shape, Step step) {
        TopicSettings settings;
        try {
            settings = shape.settings(kafka.isEmbedded() ? TopicSettings.sandbox() : TopicSettings.defaults());
        } catch (SettingsException e) {
            throw new ParameterException(spec.commandLine(), String.join(" ", e.problems()), e);
        }
        try (KafkaConnection connection = kafka.open();
                TopicAdmin admin = new TopicAdmin(connection.settings(), settings)) {
            return step.take(connection.settings(), admin);
        } catch (KafkaException e) {
            throw new CommandFailure("topics-refused", "The brokers did not do what was asked: " + e.getMessage(), e);
        }
    }

    private static String deed(TopicProblem problem) {
        return switch (problem.kind()) {
            case MISSING -> problem.topic() + " was created.";
            case OFFSETS -> problem.sentence() + " The first one is committed now.";
            case SETTING -> problem.sentence() + " It is set now.";
            case PARTITIONS, REPLICATION -> problem.sentence() + " It is solved now.";
        };
    }

    private static List<Map<String, String>> rows(List<TopicProblem> problems) {
        return problems.stream()
                .map(problem -> {
                    Map<String, String> row = new LinkedHashMap<>();
                    row.put("topic", problem.topic());
                    row.put("kind", problem.kind().name().toLowerCase(Locale.ROOT));
                    row.put("sentence", problem.sentence());
                    return row;
                })
                .toList();
    }
}
