package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.RefundState;
import dev.intermezzo.schemas.avro.ViewState;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document and the code say the same: routes, statuses, codes, fields and words, in both directions. */
class OpenApiTest {

    private final JsonNode document = OpenApi.document();

    @Test
    void it_is_openapi_3_1_and_every_reference_in_it_leads_somewhere() {
        assertThat(document.get("openapi").asText()).startsWith("3.1.");
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isObject())
                        .as(ref)
                        .isTrue());
    }

    @Test
    void every_route_is_described_and_nothing_else() {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + ' ' + path.getKey())));

        assertThat(described)
                .isEqualTo(Arrays.stream(ApiRoute.values())
                        .map(route -> route.method() + ' ' + route.path())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource(ApiRoute.class)
    void a_route_names_its_statuses_and_each_ones_codes(ApiRoute route) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        wanted.put(Integer.toString(route.success()), Set.of());
        route.codes()
                .forEach(code -> wanted.computeIfAbsent(Integer.toString(code.status()), status -> new TreeSet<>())
                        .add(code.text()));

        Map<String, Set<String>> described = new TreeMap<>();
        operation(route).get("responses").properties().forEach(response -> {
            Set<String> codes = new TreeSet<>();
            response.getValue().path("x-codes").forEach(code -> codes.add(code.asText()));
            described.put(response.getKey(), codes);
        });

        assertThat(described).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource(ApiRoute.class)
    void a_route_names_its_scope_or_that_it_needs_none(ApiRoute route) {
        JsonNode operation = operation(route);

        assertThat(operation.path("x-scope").asText())
                .isEqualTo(route.scope().map(ApiScope::text).orElse(""));
        assertThat(operation.has("security")).isEqualTo(route.scope().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ApiDocuments.PaymentDocument.class,
                ApiDocuments.AttemptDocument.class,
                ApiDocuments.PayOutDocument.class,
                ApiDocuments.RefundAccepted.class,
                ApiDocuments.PayOutAccepted.class,
                PayOutBody.class,
                RefundBody.class
            })
    void every_field_of_a_document_is_described_and_required(Class<?> type) {
        JsonNode schema = document.at("/components/schemas/" + type.getSimpleName());
        List<String> fields = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                // The amount of a body is read together with its currency.
                .flatMap(name -> type.getSimpleName().endsWith("Body") && name.equals("amount")
                        ? Stream.of(name, "currency")
                        : Stream.of(name))
                .toList();

        List<String> described = new ArrayList<>();
        schema.get("properties").fieldNames().forEachRemaining(described::add);
        List<String> required = new ArrayList<>();
        schema.get("required").forEach(field -> required.add(field.asText()));

        assertThat(described).isEqualTo(fields);
        assertThat(required)
                .isEqualTo(fields.stream()
                        .filter(field -> type != PayOutBody.class || !field.equals("reference"))
                        .toList());
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    }

    @Test
    void every_word_of_a_state_is_described() {
        assertThat(words("PaymentDocument", "state")).isEqualTo(words(ViewState.values()));
        assertThat(words("AttemptDocument", "state")).isEqualTo(words(AttemptStatus.values()));
        assertThat(words("PaymentDocument", "environment")).isEqualTo(words(Environment.values()));
        Set<String> payOut = words(RefundState.values());
        payOut.add("received");
        assertThat(words("PayOutDocument", "state")).isEqualTo(payOut);
    }

    private JsonNode operation(ApiRoute route) {
        return document.get("paths").get(route.path()).get(route.method().toLowerCase(Locale.ROOT));
    }

    private Set<String> words(String schema, String field) {
        Set<String> words = new TreeSet<>();
        document.at("/components/schemas/" + schema + "/properties/" + field + "/enum")
                .forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Set<String> words(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
