package dev.intermezzo.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/tested-cells.md names, for every cell of the tables in docs/payments.md, the tests that hold it. Test classes of
 * other modules are not on this class path, so it is their source that is looked at.
 */
class TestedCellsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path RULES = ROOT.resolve("docs/payments.md");
    private static final Path CELLS = ROOT.resolve("docs/tested-cells.md");

    /** The last package, the class and the method: {@code payment.WebhookTest#a_sentence}. */
    private static final Pattern NAMED = Pattern.compile("`([a-z]+\\.[A-Z]\\w*)#(\\w+)`");

    @Test
    void every_test_that_is_named_exists_and_runs() throws IOException {
        Map<String, List<Path>> sources = testClasses();

        assertThat(NAMED.matcher(Files.readString(CELLS)).results().toList())
                .hasSizeGreaterThan(100)
                .allSatisfy(named -> {
                    List<Path> files = sources.getOrDefault(named.group(1), List.of());
                    assertThat(files).as(named.group(1)).hasSize(1);
                    String source = Files.readString(files.getFirst());
                    assertThat(source).as(named.group(1)).doesNotContain("@Disabled");
                    assertThat(isTest(source, named.group(2))).as(named.group()).isTrue();
                });
    }

    @Test
    void no_cell_is_without_a_test_or_a_reason() throws IOException {
        assertThat(rows(CELLS))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.subList(1, row.size()))
                        .as(row.getFirst())
                        .allSatisfy(cell -> assertThat(
                                        NAMED.matcher(cell).find() || cell.equals("–") || cell.startsWith("Not in"))
                                .isTrue()));
    }

    @Test
    void every_row_of_the_rules_stands_there() throws IOException {
        List<String> held = rows(CELLS).stream().map(List::getFirst).toList();

        assertThat(rows(RULES))
                .isNotEmpty()
                .extracting(List::getFirst)
                .allSatisfy(row -> assertThat(held).contains(row));
    }

    /** The rows of every table, cell by cell, without the heads. */
    private static List<List<String>> rows(Path document) throws IOException {
        List<String> lines = Files.readAllLines(document);
        return Stream.iterate(1, line -> line < lines.size(), line -> line + 1)
                .filter(line -> lines.get(line).startsWith("| "))
                .filter(line -> lines.get(line - 1).startsWith("|"))
                .map(line -> Arrays.stream(lines.get(line).split("\\|"))
                        .skip(1)
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** A method of this name with an annotation that makes it run. */
    private static boolean isTest(String source, String method) {
        Matcher found = Pattern.compile(
                        "@(Test|ParameterizedTest|Property)\\b(?:(?!\\n    }\\n).)*?\\bvoid " + method + "\\(",
                        Pattern.DOTALL)
                .matcher(source);
        return found.find();
    }

    private static Map<String, List<Path>> testClasses() throws IOException {
        Map<String, List<Path>> found = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith("Test.java"))
                            .forEach(file -> found.merge(
                                    name(file),
                                    List.of(file),
                                    (one, two) -> Stream.of(one, two)
                                            .flatMap(List::stream)
                                            .toList()));
                }
            }
        }
        return found;
    }

    private static String name(Path file) {
        int parts = file.getNameCount();
        return file.getName(parts - 2) + "."
                + file.getName(parts - 1).toString().replace(".java", "");
    }
}
