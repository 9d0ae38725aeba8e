package dev.intermezzo.cli.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.mozello.Recording.Pair;
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
import org.junit.jupiter.params.provider.MethodSource;

class MozelloCommandTest {
    private static final String ORDER = "5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void every_recorded_message_is_put_to_the_command() {
        assertThat(Recording.all()).hasSize(17);
        // The one left out is a query string with a hash of its own, which is neither a form nor a webhook.
        assertThat(Recording.messages()).hasSize(16);
    }

    @ParameterizedTest
    @MethodSource("dev.intermezzo.cli.mozello.Recording#messages")
    void signature_only_judges_as_the_official_verifier_did(Recording recording) throws IOException {
        CommandRun run = verify(recording, "--signature-only", "--json");

        assertThat(run.exit()).isEqualTo(recording.expectedValid() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD);
        JsonNode result = run.json();
        assertThat(result.get("signature_valid").booleanValue()).isEqualTo(recording.expectedValid());
        assertThat(result.get("valid").booleanValue())
                .isEqualTo(recording.expectedValid() && result.get("acceptable").booleanValue());
        assertThat(result.get("code").textValue()).matches("[a-z0-9-]+");
        assertThat(result.get("reason").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "checkout-01-ascii-full, valid",
        "checkout-04-unknown-extra-field, valid",
        "checkout-05-signature-not-last, valid",
        // Rightly signed, and yet no order that could be paid: no UUID, an amount of zero.
        "checkout-03-private-key-minimal, order-uuid-malformed",
        // The signature covers values without their boundaries and names, so these two are rightly signed as well.
        "checkout-08-boundary-shift-TAMPERED, invoice-malformed",
        "checkout-09-renamed-field-TAMPERED, field-missing",
        "checkout-12-bad-signature, signature-wrong",
        "checkout-13-hex-signature, signature-hex",
    })
    void a_checkout_is_valid_only_when_it_is_signed_and_untouched(String id, String code) throws IOException {
        CommandRun run = verify(Recording.of(id), "--json");

        assertThat(run.json().get("code").textValue()).isEqualTo(code);
        assertThat(run.json().get("valid").booleanValue()).isEqualTo(code.equals("valid"));
        assertThat(run.exit()).isEqualTo(code.equals("valid") ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD);
    }

    @Test
    void no_recorded_checkout_is_left_out() {
        assertThat(Recording.all().stream().filter(each -> each.kind().equals("checkout")))
                .hasSize(8);
    }

    @Test
    void a_changed_webhook_is_refused() throws IOException {
        Recording webhook = Recording.of("webhook-01-install-example");
        Path changed = webhook.bodyIn(folder);
        Files.writeString(changed, Files.readString(changed) + " ");

        CommandRun run = InProcess.intermezzo(
                "mozello",
                "verify",
                "--key-file",
                webhook.keyIn(folder).toString(),
                "--header-hash",
                webhook.signature(),
                changed.toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.out()).contains("NOT valid");
    }

    @ParameterizedTest
    @MethodSource("dev.intermezzo.cli.mozello.Recording#validNotifications")
    void sign_notify_writes_the_recorded_notification(Recording recording) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "mozello",
                "sign-notify",
                "--key-file",
                recording.keyIn(folder).toString(),
                "--order-uuid",
                recording.field("order_uuid"),
                "--status",
                recording.field("status"),
                "--json"));
        if (recording.hasField("check_pending")) {
            arguments.add("--check-pending");
        }
        List<Pair> expected = new ArrayList<>(recording.fields());
        expected.add(new Pair("signature", recording.signature()));

        CommandRun run = InProcess.intermezzo(arguments.toArray(String[]::new));

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.json().get("signature").textValue()).isEqualTo(recording.signature());
        assertThat(pairs(run.json().get("fields"))).isEqualTo(expected);
    }

    @Test
    void a_missing_key_file_cannot_run_and_is_named() throws IOException {
        Path missing = folder.resolve("no-such-key");

        CommandRun run = InProcess.intermezzo(
                "mozello",
                "sign-notify",
                "--key-file",
                missing.toString(),
                "--order-uuid",
                ORDER,
                "--status",
                "approved");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("key-unreadable: ").contains(missing.toString());
        assertThat(run.out()).isEmpty();
    }

    @Test
    void an_empty_key_file_cannot_run() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));

        CommandRun run = InProcess.intermezzo(
                "mozello",
                "sign-notify",
                "--key-file",
                empty.toString(),
                "--order-uuid",
                ORDER,
                "--status",
                "approved");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("key-empty: ");
    }

    @Test
    void a_missing_body_file_cannot_run_and_is_named() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "some-key");
        Path missing = folder.resolve("no-such-body");

        CommandRun run = InProcess.intermezzo("mozello", "verify", "--key-file", key.toString(), missing.toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("body-unreadable: ").contains(missing.toString());
    }

    @Test
    void a_status_that_does_not_exist_is_a_wrong_command_line() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "some-key");

        CommandRun run = InProcess.intermezzo(
                "mozello", "sign-notify", "--key-file", key.toString(), "--order-uuid", ORDER, "--status", "maybe");

        assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("maybe").containsIgnoringCase("approved");
    }

    @Test
    void a_key_is_never_printed() throws IOException {
        Recording recording = Recording.of("checkout-01-ascii-full");
        String key = Files.readString(recording.keyIn(folder)).strip();

        CommandRun run = verify(recording);

        assertThat(run.out() + run.err()).doesNotContain(key);
    }

    private CommandRun verify(Recording recording, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "mozello",
                "verify",
                "--key-file",
                recording.keyIn(folder).toString(),
                "--content-type",
                recording.contentType()));
        if (recording.isWebhook()) {
            arguments.addAll(List.of("--header-hash", recording.signature()));
        }
        arguments.addAll(List.of(options));
        arguments.add(recording.bodyIn(folder).toString());
        return InProcess.intermezzo(arguments.toArray(String[]::new));
    }

    private static List<Pair> pairs(JsonNode fields) {
        List<Pair> pairs = new ArrayList<>();
        fields.forEach(
                pair -> pairs.add(new Pair(pair.get(0).textValue(), pair.get(1).textValue())));
        return pairs;
    }
}
