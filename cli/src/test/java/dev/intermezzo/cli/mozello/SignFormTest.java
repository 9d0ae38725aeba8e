package dev.intermezzo.cli.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignFormTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void a_signed_form_is_one_that_the_verifier_takes() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "a-key-of-the-test\n");
        CommandRun signed = CommandRun.of(
                new MozelloCommand(),
                new String[0],
                "sign-form",
                "--key-file",
                key.toString(),
                "--amount",
                "10.02",
                "--currency",
                "EUR",
                "--shop-url",
                "https://shop.example.com/",
                "--notify-url",
                "https://www.mozello.com/service/ipn/provider/test/",
                "--field",
                "billing_company=A & B = 100 %");
        Path body = Files.writeString(folder.resolve("form"), signed.out());

        CommandRun verified = CommandRun.of(
                new MozelloCommand(), new String[0], "verify", "--key-file", key.toString(), body.toString());

        assertThat(signed.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(verified.out()).contains("valid");
        assertThat(verified.exit()).isEqualTo(ExitCodes.HOLDS);
    }
}
