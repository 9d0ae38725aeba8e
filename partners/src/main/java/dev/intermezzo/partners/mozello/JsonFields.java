package dev.intermezzo.partners.mozello;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON that Mozello sends: a merchant's fields, in {@code payment_settings} and in install and settings webhooks, and
 * orders. It is read leniently: an absent object, null, and the empty list that PHP writes for one without entries are all
 * no fields; a value that is no text is taken as its text, and one that is a structure is passed over.
 */
final class JsonFields {

    /** More than any manifest asks for. */
    static final int MOST = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonFields() {}

    /** The document, if it is a JSON object and nothing follows it. */
    static Optional<JsonNode> object(byte[] body) {
        try (var parser = JSON.createParser(body)) {
            JsonNode tree = JSON.readTree(parser);
            boolean alone = tree != null && tree.isObject() && parser.nextToken() == null;
            return alone ? Optional.of(tree) : Optional.empty();
        } catch (IOException | NumberFormatException malformed) {
            // The latter for an exponent that no number has; Jackson does not declare it.
            return Optional.empty();
        }
    }

    /** The first {@value #MOST} values of an object that are no structures, as texts. */
    static Map<String, String> texts(JsonNode fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            if (texts.size() < MOST
                    && entry.getValue().isValueNode()
                    && !entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return texts;
    }

    /** A number, or a text that may be one, exactly as it was written. */
    static Optional<String> number(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNumber()
                ? Optional.of(value.decimalValue()).filter(JsonFields::isPlain).map(BigDecimal::toPlainString)
                : text(object, name).map(String::strip);
    }

    /** An exponent of a thousand digits is no amount, and writing it out would take a megabyte. */
    private static boolean isPlain(BigDecimal number) {
        return number.scale() >= -20 && number.scale() <= 20 && number.precision() <= 40;
    }

    /** A text that is there and not empty. */
    static Optional<String> text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asText()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
