package dev.intermezzo.partners.mozarto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request field as people and scripts are told of it.
 *
 * @param name its name in the request
 * @param type its JSON type
 * @param required whether the provider refuses a request without it
 * @param source where its value comes from, by the name that the catalogue files use
 * @param rule what the value must look like, in words; empty for any text
 * @param assumption the assumption that must be confirmed before it is sent; {@code null} when none is needed
 * @param fields the fields of an object
 */
public record FieldFacts(
        String name,
        FieldType type,
        boolean required,
        String source,
        String rule,
        @Nullable String assumption,
        List<FieldFacts> fields) {

    static FieldFacts of(FieldRule field) {
        return new FieldFacts(
                field.name(),
                field.type(),
                field.required(),
                field.source().text(),
                rule(field),
                field.assumption(),
                field.fields().stream().map(FieldFacts::of).toList());
    }

    private static String rule(FieldRule field) {
        List<String> parts = new ArrayList<>();
        if (field.source() == FieldSource.CONSTANT) {
            return "always " + field.value();
        }
        if (field.source() == FieldSource.AMOUNT) {
            return field.decimals() == null ? "the currency's decimals" : "exactly " + field.decimals() + " decimals";
        }
        if (field.format() != FieldFormat.TEXT) {
            parts.add(field.format().meaning());
        } else if (field.source() == FieldSource.SETTING && field.type() != FieldType.STRING) {
            parts.add(field.type() == FieldType.BOOLEAN ? "true or false" : "a number");
        }
        if (field.minLength() > 1 && field.minLength() == field.maxLength()) {
            parts.add("exactly " + field.minLength() + " characters");
        } else if (field.minLength() > 1) {
            parts.add(field.minLength() + " to " + field.maxLength() + " characters");
        } else if (field.maxLength() < FieldRule.LONGEST) {
            parts.add("at most " + field.maxLength() + " characters");
        }
        if (field.preset() != null) {
            parts.add(field.preset() + " when left out");
        }
        if (field.requiredIf() != null) {
            parts.add("required if " + field.requiredIf());
        }
        return String.join("; ", parts);
    }
}
