package dev.intermezzo.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {
    @Test
    void without_a_browser_the_tests_fail_and_say_how_to_get_one() {
        assertThatThrownBy(() -> Chromium.executable(null, List.of("/nowhere/chromium")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("apt-get install -y chromium")
                .hasMessageContaining("-Dchromium=");
    }

    @Test
    void a_named_browser_goes_before_the_usual_places_and_is_not_replaced_by_them(@TempDir Path folder)
            throws IOException {
        Path usual = executable(folder.resolve("usual"));
        Path named = executable(folder.resolve("named"));
        List<String> places = List.of(usual.toString());

        assertThat(Chromium.executable(named.toString(), places)).isEqualTo(named);
        assertThatThrownBy(() -> Chromium.executable(folder.resolve("missing").toString(), places))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("missing");
    }

    private static Path executable(Path file) throws IOException {
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
