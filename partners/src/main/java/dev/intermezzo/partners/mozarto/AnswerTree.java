package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.partners.AsciiCase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds values in an answer wherever they stand. The objects of the tree are visited level by level, so the outer value
 * wins over a nested one; at most {@value #MOST_OBJECTS} objects are looked at.
 */
final class AnswerTree {

    private static final int MOST_OBJECTS = 256;
    private static final int MOST_IDS = 8;
    private static final int LONGEST_URL = 4_096;

    /** In the order of certainty: the documents name the first as what a webhook repeats. */
    private static final List<String> ID_FIELDS =
            List.of("transactionid", "databasetransactionid", "referenceno", "gigadattransactionid", "paymentid");

    private static final Set<String> REDIRECT_FIELDS = Set.of("redirecturl", "url", "paymenturl", "webflowurl");

    private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://.+", Pattern.DOTALL);

    private final ObjectNode root;
    private final List<ObjectNode> objects;

    AnswerTree(ObjectNode root) {
        this.root = root;
        this.objects = objectsByLevel(root);
    }

    ObjectNode root() {
        return root;
    }

    /** The value of {@code data}; a missing node when there is none. */
    JsonNode data() {
        return root.path("data");
    }

    /** The first text of this name, compared without case and underscores. */
    Optional<String> text(String name) {
        return objects.stream()
                .flatMap(object -> valuesOf(object, name).stream())
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /** An amount standing beside the transaction, text or number. */
    Optional<JsonNode> amount() {
        return objects.stream()
                .map(object -> object.path("amount"))
                .filter(value -> value.isNumber() || value.isTextual())
                .findFirst();
    }

    /** Every id under which a webhook may name the transaction, the most certain first. */
    List<String> transactionIds() {
        Set<String> ids = new LinkedHashSet<>();
        for (String name : ID_FIELDS) {
            for (ObjectNode object : objects) {
                for (JsonNode value : valuesOf(object, name)) {
                    PartnerText.id(value).ifPresent(ids::add);
                }
            }
        }
        return ids.stream().limit(MOST_IDS).toList();
    }

    /** The provider's page: where the catalogue says it stands, else under any known name. */
    Optional<String> redirect(ProviderOperation.Redirect rule) {
        for (String path : rule.fields()) {
            JsonNode value = root.at("/" + path.replace('.', '/'));
            if (isWebAddress(value)) {
                return Optional.of(value.textValue());
            }
        }
        if (isWebAddress(data())) {
            return Optional.of(data().textValue());
        }
        return objects.stream()
                .flatMap(object -> object.properties().stream())
                .filter(entry -> REDIRECT_FIELDS.contains(folded(entry.getKey())))
                .map(Map.Entry::getValue)
                .filter(AnswerTree::isWebAddress)
                .map(JsonNode::textValue)
                .findFirst();
    }

    private static boolean isWebAddress(JsonNode value) {
        return value.isTextual()
                && value.textValue().length() <= LONGEST_URL
                && WEB_ADDRESS.matcher(value.textValue()).matches();
    }

    private static List<JsonNode> valuesOf(ObjectNode object, String foldedName) {
        String wanted = folded(foldedName);
        return object.properties().stream()
                .filter(entry -> folded(entry.getKey()).equals(wanted))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String folded(String name) {
        return AsciiCase.lower(name.replace("_", ""));
    }

    private static List<ObjectNode> objectsByLevel(ObjectNode root) {
        List<ObjectNode> found = new ArrayList<>();
        Deque<JsonNode> waiting = new ArrayDeque<>();
        waiting.add(root);
        while (!waiting.isEmpty() && found.size() < MOST_OBJECTS) {
            JsonNode node = waiting.remove();
            if (node instanceof ObjectNode object) {
                found.add(object);
            }
            for (JsonNode child : node) {
                if (child.isContainerNode()) {
                    waiting.add(child);
                }
            }
        }
        return found;
    }
}
