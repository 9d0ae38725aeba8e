package dev.intermezzo.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.intermezzo.runtime.network.Network;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private enum Colour {
        DEEP_RED,
        BLUE
    }

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path dir;

    @Test
    void an_absent_key_takes_its_default() {
        SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of()));

        assertThat(reader.text("a.text", "default")).isEqualTo("default");
        assertThat(reader.integer("a.port", 8080, 0, 65_535)).isEqualTo(8080);
        assertThat(reader.duration("a.time", Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
        assertThat(reader.bytes("a.size", 65_536, 1, 1 << 20)).isEqualTo(65_536);
        assertThat(reader.uri("a.uri", URI.create("https://shop.example/"))).hasHost("shop.example");
        assertThat(reader.flag("a.flag", true)).isTrue();
        assertThat(reader.choice("a.choice", Colour.BLUE)).isEqualTo(Colour.BLUE);
        assertThat(reader.path("a.path", Path.of("keys"))).isEqualTo(Path.of("keys"));
        assertThat(reader.optionalText("a.optional")).isEmpty();
        assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
        assertThat(reader.effective())
                .containsEntry("a.time", "20s")
                .containsEntry("a.size", "64KiB")
                .containsEntry("a.choice", "blue");
    }

    @Test
    void values_are_read_with_their_units() {
        SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of(
                "time",
                "15m",
                "size",
                "128MiB",
                "choice",
                "deep-red",
                "flag",
                "false",
                "uri",
                "http://127.0.0.1:8080")));

        assertThat(reader.duration("time", Duration.ZERO)).isEqualTo(Duration.ofMinutes(15));
        assertThat(reader.bytes("size", 0, 0, Long.MAX_VALUE)).isEqualTo(128L << 20);
        assertThat(reader.choice("choice", Colour.BLUE)).isEqualTo(Colour.DEEP_RED);
        assertThat(reader.flag("flag", true)).isFalse();
        assertThat(reader.uri("uri", URI.create("https://shop.example"))).hasPort(8080);
    }

    @Test
    void networks_are_read_and_each_that_is_none_is_told() {
        SettingsReader reader = new SettingsReader(
                SettingsSource.of(Map.of("good", "10.0.0.0/8, 2001:db8::/32", "bad", "proxy.example.com,10.0.0.1/8,")));

        assertThat(reader.networks("good")).map(Network::toString).containsExactly("10.0.0.0/8", "2001:db8::/32");
        assertThat(reader.networks("absent")).isEmpty();
        assertThat(reader.networks("bad")).isEmpty();
        assertThat(catchThrowableOfType(SettingsException.class, reader::throwIfAny)
                        .problems())
                .satisfiesExactly(
                        name -> assertThat(name).contains("bad (INTERMEZZO_BAD)", "'proxy.example.com'"),
                        bits -> assertThat(bits).contains("the network is 10.0.0.0/8"),
                        empty -> assertThat(empty).contains("''"));
    }

    @Test
    void the_environment_overrides_the_file_under_the_name_derived_from_the_key() throws IOException {
        Path file = Files.writeString(dir.resolve("a.properties"), "ingress.port=8080\npublic-url=https://a.example\n");

        SettingsReader reader =
                new SettingsReader(SettingsSource.of(file, Map.of("INTERMEZZO_INGRESS_PORT", "9000", "HOME", "/root")));

        assertThat(SettingsSource.environmentName("public-url")).isEqualTo("INTERMEZZO_PUBLIC_URL");
        assertThat(reader.integer("ingress.port", 1, 0, 65_535)).isEqualTo(9000);
        assertThat(reader.text("public-url")).isEqualTo("https://a.example");
        assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void all_problems_are_told_at_once_each_with_its_key() {
        SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of(
                "port",
                "70000",
                "time",
                "20",
                "size",
                "64KB",
                "flag",
                "yes",
                "choice",
                "green",
                "uri",
                "shop.example")));
        reader.integer("port", 1, 0, 65_535);
        reader.duration("time", Duration.ZERO);
        reader.bytes("size", 0, 0, 1 << 20);
        reader.flag("flag", true);
        reader.choice("choice", Colour.BLUE);
        reader.uri("uri", URI.create("https://shop.example"));
        reader.text("missing");
        reader.problem("two things do not fit.");

        SettingsException thrown = catchThrowableOfType(SettingsException.class, reader::throwIfAny);

        assertThat(thrown.problems())
                .hasSize(8)
                .first()
                .isEqualTo("port (INTERMEZZO_PORT) is '70000', but must be a whole number from 0 to 65535.");
        assertThat(thrown).hasMessageContaining("missing (INTERMEZZO_MISSING) is required.");
        assertThat(thrown)
                .hasMessageContaining("choice (INTERMEZZO_CHOICE) is 'green', but must be one of deep-red, blue.");
    }

    @Test
    void unknown_keys_are_refused_in_file_and_environment() throws IOException {
        Path file = Files.writeString(dir.resolve("a.properties"), "known=1\nkonwn=2\n");
        SettingsReader reader = new SettingsReader(SettingsSource.of(
                file, Map.of("INTERMEZZO_INGRES_PORT", "9000", "INTERMEZZO_LOG", "json", "OTHER_PORT", "1")));
        reader.text("known");

        SettingsException thrown = catchThrowableOfType(SettingsException.class, reader::throwIfAny);

        assertThat(thrown.problems())
                .containsExactly(
                        "INTERMEZZO_INGRES_PORT is not a setting of this stage.",
                        "konwn is not a setting of this stage.");
    }

    @Test
    void a_secret_is_never_printed() {
        SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of("api.key", "tell-nobody")));

        Secret secret = reader.secret("api.key");

        assertThat(secret.reveal()).isEqualTo("tell-nobody");
        assertThat(secret)
                .hasToString("[secret]")
                .isEqualTo(Secret.of("tell-nobody"))
                .isNotEqualTo(Secret.of("other"));
        assertThat(reader.effective().toString()).doesNotContain("tell-nobody");
    }

    @Test
    void a_secret_may_lie_in_a_file() throws IOException {
        Path file = Files.writeString(dir.resolve("key"), "tell-nobody\n");
        SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of("api.key-file", file.toString())));

        assertThat(reader.secret("api.key").reveal()).isEqualTo("tell-nobody");
        assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void a_secret_that_is_missing_doubled_or_unreadable_is_a_problem() {
        assertThatThrownBy(() -> readSecret(Map.of()))
                .hasMessageContaining("api.key (INTERMEZZO_API_KEY) is required.")
                .hasMessageContaining("api.key-file may name a file");
        assertThatThrownBy(() -> readSecret(Map.of("api.key", "tell-nobody", "api.key-file", "/x")))
                .hasMessageContaining("both set")
                .hasMessageNotContaining("tell-nobody");
        assertThatThrownBy(() ->
                        readSecret(Map.of("api.key-file", dir.resolve("none").toString())))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_settings_file_that_cannot_be_read_says_why() throws IOException {
        Path latin = Files.write(dir.resolve("latin"), "name=caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> SettingsSource.of(dir.resolve("none"), Map.of()))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> SettingsSource.of(latin, Map.of())).hasMessageContaining("is not UTF-8");
    }

    private static void readSecret(Map<String, String> settings) {
        SettingsReader reader = new SettingsReader(SettingsSource.of(settings));
        reader.secret("api.key");
        reader.throwIfAny();
    }
}
