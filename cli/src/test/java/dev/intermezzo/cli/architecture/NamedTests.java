package dev.intermezzo.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tests of all modules, as documents name them. Test classes of other modules are not on this class path, so it is their
 * source that is looked at.
 */
final class NamedTests {
    static final Path ROOT = Path.of("..");

    /** By the class's name, and by its last package and name ({@code payment.WebhookTest}). */
    private final Map<String, List<Path>> sources = new HashMap<>();

    NamedTests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith("Test.java")).forEach(this::add);
                }
            }
        }
    }

    private void add(Path file) {
        int parts = file.getNameCount();
        String name = file.getName(parts - 1).toString().replace(".java", "");
        for (String key : List.of(name, file.getName(parts - 2) + "." + name)) {
            sources.computeIfAbsent(key, none -> new ArrayList<>()).add(file);
        }
    }

    /**
     * Requires that such a test exists and runs.
     *
     * @param test class, with its last package or without; where several are called so, one of them is meant
     * @param method null: the class as a whole
     */
    void require(String test, @Nullable String method) throws IOException {
        List<String> running = new ArrayList<>();
        for (Path file : sources.getOrDefault(test, List.of())) {
            String source = Files.readString(file);
            if (!source.contains("@Disabled")) {
                running.add(source);
            }
        }
        assertThat(running)
                .as(method == null ? test : test + "#" + method)
                .anyMatch(source -> method == null || isTest(source, method));
    }

    /** A method of this name with an annotation that makes it run. */
    private static boolean isTest(String source, String method) {
        return Pattern.compile(
                        "@(Test|ParameterizedTest|Property)\\b(?:(?!\\n    }\\n).)*?\\bvoid " + method + "\\(",
                        Pattern.DOTALL)
                .matcher(source)
                .find();
    }
}
