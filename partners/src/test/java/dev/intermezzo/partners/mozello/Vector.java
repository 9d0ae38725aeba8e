package dev.intermezzo.partners.mozello;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A case whose outcome was observed by running Mozello's official verifier. */
record Vector(JsonNode json) {

    static List<Vector> all() {
        try (InputStream file = Vector.class.getResourceAsStream("/mozello/mozello-vectors.json")) {
            List<Vector> vectors = new ArrayList<>();
            new ObjectMapper().readTree(Objects.requireNonNull(file)).forEach(node -> vectors.add(new Vector(node)));
            return vectors;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<Vector> ofKinds(String... kinds) {
        List<String> wanted = List.of(kinds);
        return all().stream().filter(vector -> wanted.contains(vector.text("kind")));
    }

    String text(String name) {
        return json.path(name).asText();
    }

    boolean has(String name) {
        return json.has(name);
    }

    boolean expectedValid() {
        return json.path("expected_valid").booleanValue();
    }

    MozelloKey key() {
        return MozelloKey.of("vector", text("api_key"));
    }

    byte[] message() {
        return HexFormat.of().parseHex(text("message_hex"));
    }

    byte[] body() {
        return text("wire_body").getBytes(StandardCharsets.UTF_8);
    }

    /** The case's fields without the signature. */
    List<FormField> fields() {
        List<FormField> fields = new ArrayList<>();
        json.path("fields")
                .forEach(pair -> fields.add(
                        FormField.of(pair.path(0).asText(), pair.path(1).asText())));
        return fields;
    }

    /** The case's fields with its signature where the case puts it, last by default. */
    List<FormField> signedFields() {
        List<FormField> fields = fields();
        int index = json.path("signature_field_index").asInt(fields.size());
        fields.add(index, FormField.of("signature", text("signature")));
        return fields;
    }

    @Override
    public String toString() {
        return text("id");
    }
}
