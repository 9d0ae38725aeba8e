package dev.intermezzo.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors say what Mozello's official verifier answers. */
class PaymentSignatureTest {

    static Stream<Arguments> vectors() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                PaymentSignatureTest.class.getResourceAsStream("/mozello/signature-vectors.json"))) {
            JsonNode vectors = new ObjectMapper().readTree(file);
            List<JsonNode> cases =
                    StreamSupport.stream(vectors.spliterator(), false).toList();
            return cases.stream().map(vector -> Arguments.of(vector.path("id").asText(), vector));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void the_verdict_is_that_of_the_official_verifier(String id, JsonNode vector) {
        // Given
        List<FormField> fields = new ArrayList<>();
        vector.path("fields")
                .forEach(field -> fields.add(
                        new FormField(field.get(0).asText(), field.get(1).asText())));
        FormField given = new FormField("signature", vector.path("signature").asText());
        fields.add(vector.path("signature_field_index").asInt(fields.size()), given);

        // When
        boolean valid = new PaymentSignature(vector.path("api_key").asText()).verify(fields);

        // Then
        assertThat(valid).as(id).isEqualTo(vector.path("expected_valid").asBoolean());
    }
}
