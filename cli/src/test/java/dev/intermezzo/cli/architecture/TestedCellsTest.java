package dev.intermezzo.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/tested-cells.md names, for every cell of the tables in docs/payments.md, the tests that hold it. */
class TestedCellsTest {
    private static final Path RULES = NamedTests.ROOT.resolve("docs/payments.md");
    private static final Path CELLS = NamedTests.ROOT.resolve("docs/tested-cells.md");

    /** The last package, the class and the method: {@code payment.WebhookTest#a_sentence}. */
    private static final Pattern NAMED = Pattern.compile("`([a-z]+\\.[A-Z]\\w*)#(\\w+)`");

    @Test
    void every_test_that_is_named_exists_and_runs() throws IOException {
        NamedTests tests = new NamedTests();
        List<MatchResult> named =
                NAMED.matcher(Files.readString(CELLS)).results().toList();

        assertThat(named).hasSizeGreaterThan(100);
        for (MatchResult each : named) {
            tests.require(each.group(1), each.group(2));
        }
    }

    @Test
    void no_cell_is_without_a_test_or_a_reason() throws IOException {
        assertThat(rows(CELLS))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.subList(1, row.size()))
                        .as(row.getFirst())
                        .allSatisfy(cell -> assertThat(NAMED.matcher(cell).find() || cell.equals("–"))
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

    @Test
    void every_operation_of_the_catalogue_stands_there() throws IOException {
        List<String> held = rows(CELLS).stream().map(List::getFirst).toList();

        assertThat(ProviderCatalogue.bundled().providers().stream()
                        .flatMap(provider -> provider.operations().stream())
                        .map(operation -> operation.pspType() + " " + operation.title()))
                .hasSizeGreaterThan(10)
                .allSatisfy(operation -> assertThat(held).contains(operation));
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
}
