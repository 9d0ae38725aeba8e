package dev.intermezzo.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topics;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestKafka.Shared.class)
class TopicsCommandTest {
    private static final String[] SMALL = {"--partitions", "3", "--replication", "1", "--min-in-sync", "1"};

    private final TestKafka kafka;

    TopicsCommandTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void what_is_missing_is_planned_then_created_then_in_order() {
        KafkaSettings installation = kafka.emptyInstallation();

        CommandRun planned = run(installation, "plan", "--json");
        CommandRun applied = run(installation, "apply", "--json");
        CommandRun again = run(installation, "plan", "--json");

        assertThat(planned.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(planned.json().get("problems")).hasSize(Topics.ALL.size() + 1);
        assertThat(applied.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(applied.json().get("applied")).hasSize(Topics.ALL.size() + 1);
        assertThat(applied.json().get("problems")).isEmpty();
        assertThat(again.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(again.json().get("problems")).isEmpty();
    }

    @Test
    void what_apply_cannot_change_is_left_and_named() {
        KafkaSettings installation = kafka.emptyInstallation();
        run(installation, "apply");

        CommandRun applied = CommandRun.of(
                new TopicsCommand(),
                TestKafka.options(installation),
                "apply",
                "--partitions",
                "6",
                "--replication",
                "1",
                "--min-in-sync",
                "1");

        assertThat(applied.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(applied.out())
                .contains("left: " + installation.topic(Topics.PAYMENT_LEDGER) + " has 3 partitions instead of 6");
    }

    @Test
    void a_shape_that_could_not_be_written_to_is_a_wrong_command_line() {
        CommandRun run = CommandRun.of(
                new TopicsCommand(),
                TestKafka.options(kafka.emptyInstallation()),
                "plan",
                "--replication",
                "1",
                "--min-in-sync",
                "2");

        assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("nothing could be written");
    }

    private static CommandRun run(KafkaSettings installation, String command, String... more) {
        String[] options = Stream.of(TestKafka.options(installation), SMALL, more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
        return CommandRun.of(new TopicsCommand(), options, command);
    }
}
