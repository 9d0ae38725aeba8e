package dev.intermezzo.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void created_keys_can_be_used() {
        CommandRun run = create();

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(SealingKeys.load(folder).held()).containsExactlyInAnyOrder(Keyset.values());
    }

    @Test
    void keys_that_are_there_are_never_replaced() throws IOException {
        create();
        String before = Files.readString(folder.resolve("tokens.json"));
        Files.delete(folder.resolve("merchant-secrets.json"));

        CommandRun again = create();

        assertThat(again.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(again.err()).startsWith("keys-exist: ");
        assertThat(folder.resolve("merchant-secrets.json")).doesNotExist();
        assertThat(folder.resolve("tokens.json")).hasContent(before);
    }

    @Test
    void after_an_update_what_a_release_added_is_drawn_once() throws IOException {
        create();
        Files.delete(folder.resolve("sessions.json"));

        CommandRun added = add();
        String drawn = Files.readString(folder.resolve("sessions.json"));

        assertThat(added.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(added.out()).contains("sessions.json");
        assertThat(add().out()).contains("Nothing is missing");
        assertThat(folder.resolve("sessions.json")).hasContent(drawn);
    }

    @Test
    void nothing_is_added_to_a_folder_that_holds_no_keys() {
        CommandRun run = add();

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("keys-missing: ");
        assertThat(folder.resolve("sessions.json")).doesNotExist();
    }

    @Test
    void the_folder_is_the_one_named_then_the_variables_then_the_data_folders() {
        KeysOptions none = new KeysOptions();
        KeysOptions named = new KeysOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("keys", CommandLine.Model.CommandSpec.forAnnotatedObject(named)))
                .parseArgs("--keys", "here");
        Optional<Path> data = Optional.of(Path.of("data"));
        Optional<String> variable = Optional.of("there");

        assertThat(named.folder(data, variable)).isEqualTo(Path.of("here"));
        assertThat(none.folder(data, variable)).isEqualTo(Path.of("there"));
        assertThat(none.folder(data, Optional.empty())).isEqualTo(Path.of("data", "keys"));
    }

    private CommandRun create() {
        return CommandRun.of(new KeysCommand(), new String[0], "create", "--keys", folder.toString());
    }

    private CommandRun add() {
        return CommandRun.of(new KeysCommand(), new String[0], "add", "--keys", folder.toString());
    }
}
