package dev.intermezzo.partners.mozello.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.partners.mozello.MozelloForm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The fields that each merchant fills in. */
final class DataFields {
    private static final String DROPDOWN = "dropdown";
    private static final List<String> REFERENCE_TYPES = List.of("text", "checkbox", "email");

    private final Notes notes;
    private final Set<String> ids = new HashSet<>();

    private DataFields(Notes notes) {
        this.notes = notes;
    }

    static void check(JsonNode fields, String path, Notes notes) {
        if (!fields.isArray()) {
            notes.problem(path, "manifest-not-list", "It is not a list.", "Give a list of fields, or leave it out.");
            return;
        }
        DataFields checked = new DataFields(notes);
        for (int i = 0; i < fields.size(); i++) {
            checked.field(fields.get(i), path + "[" + i + "]");
        }
    }

    private void field(JsonNode field, String path) {
        if (notes.text(field.path("id"), path + ".id")) {
            id(field.path("id").textValue(), path + ".id");
        }
        notes.localText(field.path("title"), path + ".title");
        if (notes.text(field.path("type"), path + ".type")) {
            type(field, path);
        }
        JsonNode required = field.path("required");
        if (!required.isMissingNode() && !required.isBoolean()) {
            notes.problem(path + ".required", "manifest-not-boolean", "It is not true or false.", "Give a boolean.");
        }
    }

    private void id(String id, String path) {
        if (!ids.add(id)) {
            notes.problem(path, "manifest-id-twice", "Another field has the same id.", "Give each its own.");
        }
        if (MozelloForm.isDocumentedField(id)) {
            notes.problem(
                    path,
                    "manifest-id-of-checkout",
                    "A checkout has a field of that name. The material says once that a merchant's fields arrive as"
                            + " additional POST parameters, and two values of one name cannot be told apart.",
                    "Choose another id.");
        }
        if (!id.matches("[A-Za-z0-9_]+")) {
            notes.note(
                    path,
                    "manifest-id-signs",
                    "Which signs an id may have is not documented; every example has letters, digits and _ only.",
                    "Keep to those.");
        }
    }

    private void type(JsonNode field, String path) {
        String type = field.path("type").textValue();
        JsonNode items = field.path("items");
        if (type.equals(DROPDOWN)) {
            notes.note(
                    path + ".type",
                    "manifest-dropdown",
                    "Mozello's example has dropdown, its reference does not.",
                    "Ask Mozello, or use a text.");
            items(items, path + ".items");
        } else if (!REFERENCE_TYPES.contains(type)) {
            notes.problem(
                    path + ".type",
                    "manifest-type",
                    "It is no type that Mozello names: " + type + ".",
                    "Use text, checkbox or email.");
        } else if (!items.isMissingNode()) {
            notes.problem(path + ".items", "manifest-items", "Only a dropdown has items.", "Take them out.");
        }
    }

    private void items(JsonNode items, String path) {
        if (!items.isArray() || items.isEmpty()) {
            notes.problem(path, "manifest-items", "A dropdown has at least one item.", "List them.");
            return;
        }
        Set<String> values = new HashSet<>();
        int defaults = 0;
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            String at = path + "[" + i + "]";
            notes.localText(item.path("title"), at + ".title");
            if (notes.text(item.path("value"), at + ".value")
                    && !values.add(item.path("value").textValue())) {
                notes.problem(at + ".value", "manifest-value-twice", "Another item has the same value.", "Change one.");
            }
            defaults += item.path("default").asBoolean() ? 1 : 0;
        }
        if (defaults > 1) {
            notes.problem(path, "manifest-defaults", "More than one item is the default.", "Leave one.");
        }
    }
}
