package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/providers.md is written from the catalogue; {@code -Dproviders.record=true} writes it anew. */
class ProvidersDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "providers.md");

    @Test
    void the_document_is_what_the_catalogue_says() throws IOException {
        String written = ProvidersDocument.of(Examples.CATALOGUE);
        if (Boolean.getBoolean("providers.record")) {
            Files.writeString(DOCUMENT, written);
        }

        assertThat(DOCUMENT).hasContent(written);
    }

    @Test
    void every_assumption_and_open_question_stands_there() {
        String written = ProvidersDocument.of(Examples.CATALOGUE);

        assertThat(Examples.CATALOGUE.providers())
                .flatExtracting(Provider::operations)
                .allSatisfy(operation -> {
                    assertThat(operation.assumptions())
                            .allSatisfy(each -> assertThat(written).contains(each.name(), each.sentence()));
                    assertThat(operation.openQuestions())
                            .allSatisfy(question -> assertThat(written).contains(question));
                    assertThat(operation.quirks())
                            .allSatisfy(quirk -> assertThat(written).contains(quirk));
                });
    }
}
