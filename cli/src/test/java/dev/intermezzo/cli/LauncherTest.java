package dev.intermezzo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code intermezzo} script, in a folder of its own that holds nothing else. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "intermezzo");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    private record Run(int exit, String out, String err) {}

    @BeforeEach
    void copy() throws IOException {
        Files.copy(SCRIPT, home.resolve("intermezzo"));
        Files.createDirectories(home.resolve("bin"));
        for (String tool : List.of("dirname", "sed", "head", "find")) {
            Path real = List.of(Path.of("/usr/bin", tool), Path.of("/bin", tool)).stream()
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(home.resolve("bin").resolve(tool), real);
        }
    }

    @Test
    void it_is_a_shell_script_without_a_mistake() throws Exception {
        assertThat(run(List.of("/bin/sh", "-n", script()), Map.of())).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void a_java_that_is_too_old_is_passed_over() throws Exception {
        java("old", "1.8.0_402", "old ran");
        java("new", "21.0.5", "new ran");

        Run run = launch(Map.of(
                "JAVA_HOME",
                home.resolve("old").toString(),
                "PATH",
                home.resolve("new/bin") + ":" + home.resolve("bin")));

        assertThat(run.err()).contains("There is no build").doesNotContain("needs a JDK");
    }

    @Test
    void without_a_build_that_it_may_make_it_says_how_to_get_one() throws Exception {
        java("new", "25.0.1", "new ran");

        Run run = launch(Map.of("JAVA_HOME", home.resolve("new").toString()));

        assertThat(run.exit()).isEqualTo(69);
        assertThat(run.err()).contains("./mvnw package");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void with_a_build_it_hands_its_arguments_on_unchanged() throws Exception {
        java("new", "25.0.1", "$*");
        Files.createDirectories(home.resolve("cli/target/intermezzo"));
        Files.createFile(home.resolve("cli/target/intermezzo/.complete"));

        Run run = launch(Map.of("JAVA_HOME", home.resolve("new").toString()), "audit", "show", "two words");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("dev.intermezzo.cli.Intermezzo audit show two words");
    }

    @Test
    void without_a_jdk_it_says_which_one_to_install() throws Exception {
        // Whatever this machine has in the usual folders must not be found.
        Path script = home.resolve("intermezzo");
        Files.writeString(script, Files.readString(script).replaceAll("(?m)^    /(usr|opt|Library)/", "    /nowhere/"));

        Run run = launch(Map.of("JAVA_HOME", "/nowhere"));

        assertThat(run.exit()).isEqualTo(69);
        assertThat(run.err()).contains("needs a JDK 21 or newer", "JAVA_HOME");
        assertThat(run.out()).isEmpty();
    }

    /** A stand-in that knows its version and otherwise prints one line. */
    private void java(String name, String version, String line) throws IOException {
        Path java = home.resolve(name).resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "%s"' >&2; else echo "%s"; fi
                """.formatted(version, line));
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private Run launch(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script()));
        command.addAll(List.of(arguments));
        return run(command, environment);
    }

    private String script() {
        return home.resolve("intermezzo").toString();
    }

    private Run run(List<String> command, Map<String, String> environment) throws Exception {
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", home.resolve("bin").toString(), "HOME", home.toString(), "INTERMEZZO_BUILD", "never"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
