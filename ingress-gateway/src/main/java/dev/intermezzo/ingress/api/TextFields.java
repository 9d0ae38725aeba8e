package dev.intermezzo.ingress.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A body of texts by name, and of nothing else. A number is refused where money is meant: many writers of JSON make 0.1 + 0.2
 * of it.
 */
final class TextFields {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TextFields() {}

    /** What became of reading them. */
    sealed interface Reading {
        record Read(Map<String, String> texts) implements Reading {}

        /** @param detail what is wrong; names fields and never repeats a value */
        record Unreadable(String detail) implements Reading {}
    }

    /**
     * Reads a JSON object.
     *
     * @param required each of them once
     * @param optional at most once
     */
    static Reading read(byte[] bytes, List<String> required, List<String> optional) {
        JsonNode body;
        try {
            body = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new Reading.Unreadable("The body is not UTF-8.");
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable("The body is not one JSON object with each field once.");
        }
        return body.isObject()
                ? texts(body, required, optional)
                : new Reading.Unreadable("The body is not a JSON object.");
    }

    private static Reading texts(JsonNode body, List<String> required, List<String> optional) {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!required.contains(field.getKey()) && !optional.contains(field.getKey())) {
                return new Reading.Unreadable(sentence(required, optional));
            }
            if (!field.getValue().isTextual()) {
                return new Reading.Unreadable("The field " + field.getKey() + " is a text in quotation marks.");
            }
            texts.put(field.getKey(), field.getValue().textValue());
        }
        return texts.keySet().containsAll(required)
                ? new Reading.Read(Map.copyOf(texts))
                : new Reading.Unreadable(sentence(required, optional));
    }

    private static String sentence(List<String> required, List<String> optional) {
        List<String> names = new ArrayList<>(new TreeSet<>(required));
        String last = names.removeLast();
        String all = "The body has exactly the fields " + String.join(", ", names) + " and " + last;
        return optional.isEmpty()
                ? all + "."
                : all + ", and perhaps " + optional.stream().collect(Collectors.joining(", ")) + ".";
    }

    /** Whether a text is no longer than this many characters and holds no control character. */
    static boolean printable(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
