package dev.intermezzo.cli.merchants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.schemas.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * One mapping of the file. Remembers which keys were asked for; {@link #end} reports the others. A value of the wrong kind
 * is reported and counts as absent, so that reading goes on to the next problem.
 */
final class Section {
    private final String path;
    private final ObjectNode node;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, ObjectNode node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /** Where a key of this section is. */
    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    void problem(String key, String code, String sentence) {
        problems.add(at(key), code, sentence);
    }

    /** The value as it stands; empty when absent or null. */
    Optional<JsonNode> raw(String key) {
        known.add(key);
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    Optional<String> text(String key) {
        return raw(key).flatMap(value -> scalar(at(key), value));
    }

    /** A text that must be there; reported when it is not, and then empty. */
    String required(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty() && raw(key).isEmpty()) {
            missing(key);
        }
        return text.orElse("");
    }

    /** Reports a key that is absent or holds an empty list or mapping. */
    void requireSome(String key) {
        if (raw(key).filter(value -> !value.isContainerNode() || !value.isEmpty())
                .isEmpty()) {
            missing(key);
        }
    }

    void missing(String key) {
        problem(key, "missing", "is missing");
    }

    boolean flag(String key, boolean otherwise) {
        return raw(key).map(value -> {
                    if (!value.isBoolean()) {
                        problem(key, "not-a-flag", "must be true or false");
                    }
                    return value.asBoolean(otherwise);
                })
                .orElse(otherwise);
    }

    /** What one of these words stands for; {@code otherwise} when it is absent or another word. */
    <T> T choice(String key, Map<String, T> words, T otherwise) {
        Optional<String> text = text(key);
        if (text.isPresent() && !words.containsKey(text.get())) {
            problem(
                    key,
                    "not-one-of",
                    "must be one of " + words.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return text.map(words::get).orElse(otherwise);
    }

    /** A list of texts; empty when absent. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        each(key, (where, value) -> scalar(where, value).ifPresent(texts::add));
        return List.copyOf(texts);
    }

    /** One mapping; empty when absent. */
    Optional<Section> section(String key) {
        return raw(key).flatMap(value -> section(at(key), value));
    }

    /** A list of mappings; empty when absent. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        each(key, (where, value) -> section(where, value).ifPresent(sections::add));
        return List.copyOf(sections);
    }

    /** The elements of a list, each with its path. */
    void each(String key, BiConsumer<String, JsonNode> receiver) {
        raw(key).ifPresent(list -> {
            if (!list.isArray()) {
                problem(key, "not-a-list", "must be a list");
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                receiver.accept(at(key) + "[" + i + "]", list.get(i));
            }
        });
    }

    /** A mapping of names to mappings, in the file's order; nothing after a name is an empty mapping. */
    Map<String, Section> named(String key) {
        Map<String, Section> named = new LinkedHashMap<>();
        entries(key)
                .forEach((name, value) -> (value.isNull()
                                ? Optional.of(new Section(at(key) + "." + name, node.objectNode(), problems))
                                : section(at(key) + "." + name, value))
                        .ifPresent(section -> named.put(name, section)));
        return named;
    }

    /** The same with names that are ids. */
    Map<String, Section> byId(String key) {
        Map<String, Section> sections = named(key);
        sections.keySet().stream()
                .filter(id -> !Ids.NAME.matcher(id).matches())
                .forEach(id -> problems.add(
                        at(key) + "." + id,
                        "malformed-id",
                        "an id has 1 to 40 characters of small letters, digits and dashes"));
        return sections;
    }

    /** A mapping of names to texts, sorted by name. */
    Map<String, String> settings(String key) {
        Map<String, String> settings = new TreeMap<>();
        entries(key)
                .forEach((name, value) ->
                        scalar(at(key) + "." + name, value).ifPresent(text -> settings.put(name, text)));
        return settings;
    }

    /** Reports the keys that nobody asked for. */
    void end() {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!known.contains(entry.getKey())) {
                problem(
                        entry.getKey(),
                        "unknown-key",
                        "is not a key of this section; it knows "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private Map<String, JsonNode> entries(String key) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        raw(key).ifPresent(value -> {
            if (value instanceof ObjectNode object) {
                object.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
            } else {
                problem(key, "not-a-mapping", "must be a mapping of names");
            }
        });
        return entries;
    }

    private Optional<Section> section(String where, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return Optional.of(new Section(where, object, problems));
        }
        problems.add(where, "not-a-mapping", "must be a mapping");
        return Optional.empty();
    }

    private Optional<String> scalar(String where, JsonNode value) {
        if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
            problems.add(where, "not-a-text", "must be a text that is not empty");
            return Optional.empty();
        }
        String text = value.asText();
        if (text.chars().anyMatch(Character::isISOControl)) {
            problems.add(where, "control-character", "must not contain line breaks or control characters");
            return Optional.empty();
        }
        return Optional.of(text.strip());
    }
}
