package dev.intermezzo.cli.mozello;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A message with a signature whose validity was observed by running Mozello's official verifier. */
record Recording(JsonNode json) {
    /** A name and a value. */
    record Pair(String name, String value) {}

    static List<Recording> all() {
        try (InputStream file = Recording.class.getResourceAsStream("/mozello/mozello-vectors.json")) {
            List<Recording> all = new ArrayList<>();
            new JsonMapper().readTree(Objects.requireNonNull(file)).forEach(each -> all.add(new Recording(each)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checkouts and notifications, which are forms, and webhooks. */
    static Stream<Recording> messages() {
        return all().stream().filter(each -> !each.kind().startsWith("apps_redirect"));
    }

    static Recording of(String id) {
        return all().stream()
                .filter(each -> each.toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Recording> validNotifications() {
        return all().stream()
                .filter(each -> each.kind().startsWith("notification"))
                .filter(Recording::expectedValid);
    }

    String kind() {
        return text("kind");
    }

    boolean isWebhook() {
        return kind().equals("webhook");
    }

    boolean expectedValid() {
        return json.get("expected_valid").booleanValue();
    }

    String signature() {
        return text("signature");
    }

    String contentType() {
        return json.has("wire_content_type") ? text("wire_content_type") : "application/x-www-form-urlencoded";
    }

    /** The fields in their order, without the signature. */
    List<Pair> fields() {
        List<Pair> fields = new ArrayList<>();
        json.get("fields").forEach(pair -> fields.add(new Pair(text(pair.get(0)), text(pair.get(1)))));
        return fields;
    }

    String field(String name) {
        return fields().stream()
                .filter(field -> field.name().equals(name))
                .map(Pair::value)
                .findFirst()
                .orElseThrow();
    }

    boolean hasField(String name) {
        return fields().stream().anyMatch(field -> field.name().equals(name));
    }

    /** The body as sent; the one case that was never sent is written as a browser would. */
    Path bodyIn(Path folder) throws IOException {
        String body = json.has("wire_body") ? text("wire_body") : encoded();
        return Files.writeString(folder.resolve("body"), body);
    }

    Path keyIn(Path folder) throws IOException {
        return Files.writeString(folder.resolve("key"), text("api_key") + "\n");
    }

    private String encoded() {
        return Stream.concat(fields().stream(), Stream.of(new Pair("signature", signature())))
                .map(field -> field.name() + "=" + URLEncoder.encode(field.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String text(String name) {
        return text(json.get(name));
    }

    private static String text(JsonNode node) {
        return Objects.requireNonNull(node.textValue());
    }

    @Override
    public String toString() {
        return text("id");
    }
}
