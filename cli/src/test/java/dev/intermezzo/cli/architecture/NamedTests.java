package dev.intermezzo.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tests of all modules, as documents name them. Test classes of other modules are not on this class path, so it is their
 * source that is looked at.
 */
final class NamedTests {
    static final Path ROOT = Path.of("..");

    /** Where tests are listed that {@code ./mvnw verify} may leave to the longer profiles. */
    private static final String LONGER = "## Left to longer runs";

    private static final Pattern LISTED = Pattern.compile("`(?:[a-z]+\\.)?([A-Z]\\w*Test)(?:#(\\w+))?`");
    private static final String TAG = "@Tag\\(\"(?:full|soak)\"\\)";

    /** By the class's name, and by its last package and name ({@code payment.WebhookTest}). */
    private final Map<String, List<Path>> sources = new HashMap<>();

    /** {@code Class} or {@code Class#method}. */
    private final Set<String> longer;

    NamedTests() throws IOException {
        String cells = Files.readString(ROOT.resolve("docs/tested-cells.md"));
        longer = LISTED.matcher(cells.substring(cells.indexOf(LONGER)))
                .results()
                .map(listed -> listed.group(2) == null ? listed.group(1) : listed.group(1) + '#' + listed.group(2))
                .collect(Collectors.toUnmodifiableSet());
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
     * Requires that such a test exists and runs: in {@code ./mvnw verify}, or else that docs/tested-cells.md lists it among
     * those that only a longer profile runs.
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
        String name = test.substring(test.lastIndexOf('.') + 1);
        assertThat(running.stream().anyMatch(source -> inVerify(source, method))
                        || longer.contains(name)
                        || longer.contains(name + '#' + method))
                .as(name + (method == null ? "" : "#" + method)
                        + " runs in verify, or is listed in docs/tested-cells.md")
                .isTrue();
    }

    private static boolean inVerify(String source, @Nullable String method) {
        boolean wholeClass =
                Pattern.compile("^" + TAG, Pattern.MULTILINE).matcher(source).find();
        Stream<String> named = method == null
                ? Pattern.compile("void (\\w+)\\(").matcher(source).results().map(found -> found.group(1))
                : Stream.of(method);
        return !wholeClass && named.anyMatch(name -> isTest(source, name) && !isTagged(source, name));
    }

    /** Between the end of the member before and the method's name. */
    private static boolean isTagged(String source, String method) {
        int name = source.indexOf("void " + method + "(");
        String annotations = source.substring(Math.max(0, source.lastIndexOf("\n    }\n", name)), name);
        return Pattern.compile(TAG).matcher(annotations).find();
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
