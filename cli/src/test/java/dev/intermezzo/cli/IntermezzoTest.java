package dev.intermezzo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntermezzoTest {
    @Test
    void without_a_command_it_says_where_the_commands_are_listed() {
        CommandRun run = InProcess.intermezzo();

        assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("intermezzo --help");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void an_unknown_command_is_named() {
        CommandRun run = InProcess.intermezzo("conduct");

        assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("conduct");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"accounts", "audit", "bench", "keys", "mozarto", "merchants", "mozello", "providers", "topics"})
    void a_group_of_commands_names_its_members(String group) {
        CommandRun run = InProcess.intermezzo(group);

        assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("Name a command: ");
    }

    @Test
    void help_lists_every_command_of_the_contract_so_far_and_warns_of_real_money() {
        CommandRun run = InProcess.intermezzo("--help");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).containsPattern("Not for real\\s+money yet");
        for (String command :
                List.of("up", "demo", "chaos", "bench", "audit", "merchants", "topics", "mozello", "providers")) {
            assertThat(run.out()).containsPattern("(?m)^  " + command + " +[A-Z]");
        }
    }
}
