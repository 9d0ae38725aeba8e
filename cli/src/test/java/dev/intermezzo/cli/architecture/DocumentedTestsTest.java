package dev.intermezzo.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise is worth the test that it names: every test that a document names exists and runs. */
class DocumentedTestsTest {
    private static final Path DOCUMENTS = NamedTests.ROOT.resolve("docs");

    /** A class, perhaps with its last package before it or a method after it; no pattern of several such as *FuzzTest. */
    private static final Pattern NAMED = Pattern.compile("(?<![*\\w.])((?:[a-z]+\\.)?[A-Z]\\w*Test)\\b(?:#(\\w+))?");

    @Test
    void every_test_that_a_document_names_exists_and_runs() throws IOException {
        NamedTests tests = new NamedTests();

        for (Path document : documents()) {
            for (MatchResult named : named(document)) {
                tests.require(named.group(1), named.group(2));
            }
        }
    }

    @Test
    void the_promises_and_the_poison_name_theirs() throws IOException {
        assertThat(named(DOCUMENTS.resolve("guarantees.md"))).hasSizeGreaterThan(15);
        assertThat(named(DOCUMENTS.resolve("operations.md"))).hasSizeGreaterThan(10);
    }

    private static List<MatchResult> named(Path document) throws IOException {
        return NAMED.matcher(Files.readString(document)).results().toList();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }
}
