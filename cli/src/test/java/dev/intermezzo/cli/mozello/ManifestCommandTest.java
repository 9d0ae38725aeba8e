package dev.intermezzo.cli.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void what_generate_prints_passes_lint() throws IOException {
        CommandRun generated = generate("https://pay.example.com");
        Path file = Files.writeString(folder.resolve("manifest.json"), generated.out());

        CommandRun linted = run("manifest", "lint", file.toString());

        assertThat(generated.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(linted.out()).contains("No problems.");
        assertThat(linted.exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void an_edge_that_is_not_https_cannot_be_listed() {
        CommandRun generated = generate("http://pay.example.com");

        assertThat(generated.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(generated.err()).contains("payment_api_url").contains("manifest-not-https");
    }

    @Test
    void lint_tells_every_problem_with_its_place_and_remedy() throws IOException {
        Path file = Files.writeString(folder.resolve("manifest.json"), "{\"app_type\": \"PAYMENT_GATEWAY\"}");

        CommandRun linted = run("manifest", "lint", file.toString());

        assertThat(linted.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(linted.out())
                .contains("app_title", "app_vendor.company_name", "payment_api_url", "manifest-missing")
                .contains("manifest-no-platform-info");
    }

    @Test
    void for_scripts_lint_prints_one_object() throws IOException {
        Path file = Files.writeString(folder.resolve("manifest.json"), "[]");

        CommandRun linted = run("manifest", "lint", "--json", file.toString());

        assertThat(linted.out().strip()).startsWith("{").endsWith("}").contains("\"manifest-not-object\"");
    }

    private static CommandRun generate(String publicUrl) {
        return run(
                "manifest",
                "generate",
                "--title",
                "Example Pay",
                "--company",
                "Example Ltd",
                "--support-email",
                "help@example.com",
                "--support-phone",
                "+371 20000000",
                "--developer-email",
                "dev@example.com",
                "--public-url",
                publicUrl,
                "--country",
                "LV,LT,EE",
                "--method",
                "visa,mastercard");
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(new MozelloCommand(), new String[0], arguments);
    }
}
