package dev.intermezzo.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out before a broker is asked for anything. */
class SandboxCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path secrets;

    @Test
    void a_second_demonstration_refuses_while_the_first_one_runs() {
        // Given
        try (PartnersFolder first = PartnersFolder.hold(secrets, "demo-run-shop")) {

            // When
            CommandRun second = demo("http://127.0.0.1:8091");

            // Then
            assertThat(second.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
            assertThat(second.err())
                    .contains("Other partners named " + first.name())
                    .contains("wait for their end");
        }
    }

    @Test
    void a_folder_is_free_again_when_its_holder_has_ended() {
        PartnersFolder.hold(secrets, "demo-run-shop").close();

        try (PartnersFolder next = PartnersFolder.hold(secrets, "demo-run-shop")) {
            assertThat(next.path()).isEqualTo(secrets.resolve("demo-run-shop")).isDirectory();
        }
    }

    @Test
    void a_shop_whose_name_leads_nowhere_is_named_with_the_remedy() {
        CommandRun run = demo("http://shop.invalid:8091");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err())
                .contains("The name of --shop http://shop.invalid:8091 leads nowhere")
                .contains("--use-aliases");
    }

    private CommandRun demo(String shop) {
        return InProcess.intermezzo(
                "sandbox",
                "demo",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--cashier",
                "http://127.0.0.1:8092",
                "--shop",
                shop,
                "--secrets",
                secrets.toString());
    }
}
