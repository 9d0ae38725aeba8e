package dev.intermezzo.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/codes.md tells what the edge refuses with. */
class RefusalCodesTest {

    private static final Pattern REFUSAL = Pattern.compile("Refusal\\.(?:of\\(\\s*\\d+,|later\\()\\s*\"([^\"]+)\"");

    @Test
    void every_code_of_a_refusal_stands_in_the_document() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "codes.md"));
        TreeSet<String> codes;
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            codes = sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> REFUSAL.matcher(text(file)).results())
                    .map(refusal -> refusal.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(codes).contains("busy", "not-durable", "merchant-disabled");
        assertThat(codes).allSatisfy(code -> assertThat(document).contains('`' + code + '`'));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
