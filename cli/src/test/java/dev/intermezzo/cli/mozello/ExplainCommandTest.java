package dev.intermezzo.cli.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void a_form_that_is_signed_and_acceptable_needs_no_explanation() throws IOException {
        CommandRun run = explain(Recording.of("checkout-01-ascii-full"), "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.json().get("signature_valid").booleanValue()).isTrue();
        assertThat(run.json().get("acceptable").booleanValue()).isTrue();
        assertThat(run.json().get("objections")).isEmpty();
    }

    @Test
    void what_was_done_to_a_signature_is_told_with_the_key_that_made_it() throws IOException {
        CommandRun run = explain(Recording.of("checkout-13-hex-signature"));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.out()).contains("NOT valid, and explained: made with key-file", "signature-hex: ");
    }

    @Test
    void another_key_that_is_known_is_named_by_its_file() throws IOException {
        Recording recording = Recording.of("checkout-01-ascii-full");
        Path wrong = Files.writeString(folder.resolve("payment-key"), "not-the-key\n");
        Path right = recording.keyIn(Files.createDirectory(folder.resolve("keys")));

        CommandRun run = InProcess.intermezzo(
                "mozello",
                "explain",
                "--key-file",
                wrong.toString(),
                "--other-key-file",
                right.toString(),
                "--json",
                recording.bodyIn(folder).toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().get("key").textValue()).isEqualTo("key");
        assertThat(run.json().get("deviations").get(0).get("code").textValue()).isEqualTo("key-other");
        assertThat(run.out() + run.err()).doesNotContain(Files.readString(right).strip());
    }

    @Test
    void a_signature_that_nothing_explains_says_what_that_can_mean() throws IOException {
        CommandRun run = explain(Recording.of("checkout-12-bad-signature"));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.out()).contains("signature-wrong: ", "--other-key-file");
    }

    @ParameterizedTest
    @CsvSource({
        "checkout-08-boundary-shift-TAMPERED, invoice-malformed, do not pay it",
        "checkout-09-renamed-field-TAMPERED, field-missing, is no checkout",
        "checkout-03-private-key-minimal, order-uuid-malformed, real order",
    })
    void a_form_that_would_not_be_accepted_says_why_and_what_to_do(String id, String code, String remedy)
            throws IOException {
        CommandRun run = explain(Recording.of(id));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.out()).contains("signature   valid", code + ": ", remedy);
        assertThat(explain(Recording.of(id), "--signature-only").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void a_webhook_that_an_editor_touched_is_explained() throws IOException {
        Recording webhook = Recording.of("webhook-01-install-example");
        Path edited = webhook.bodyIn(folder);
        Files.writeString(edited, Files.readString(edited) + "\n");

        CommandRun run = InProcess.intermezzo(
                "mozello",
                "explain",
                "--key-file",
                webhook.keyIn(folder).toString(),
                "--header-hash",
                webhook.signature(),
                edited.toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.out()).contains("received-line-end");
    }

    private CommandRun explain(Recording recording, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "mozello",
                "explain",
                "--key-file",
                recording.keyIn(folder).toString(),
                "--content-type",
                recording.contentType()));
        arguments.addAll(List.of(options));
        arguments.add(recording.bodyIn(folder).toString());
        return InProcess.intermezzo(arguments.toArray(String[]::new));
    }
}
