package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One field of a provider's request, in the order in which it is written.
 *
 * @param name the field's name in the Cashier's JSON
 * @param source where its value comes from
 * @param type its JSON type; the usual one of its source when the file names none
 * @param required whether the provider refuses a request without it; an optional field without a good value is left out
 * @param format what the value must look like; the usual one of its source when the file names none
 * @param minLength least length in characters of the form that is sent
 * @param maxLength greatest length in characters; {@value #LONGEST} when the provider names none
 * @param decimals for amounts: the exact number of decimals the provider demands, else the currency's
 * @param value the value of a {@link FieldSource#CONSTANT}
 * @param preset what the provider takes when an optional field is left out; {@code null} when it names nothing
 * @param requiredIf in words, when an optional field is required all the same; {@code null}: never
 * @param fields the fields of a {@link FieldSource#OBJECT}; an optional object is left out unless all its required
 *     fields have good values
 * @param assumption the assumption an operator must confirm before this optional field is sent, if any
 */
public record FieldRule(
        String name,
        FieldSource source,
        FieldType type,
        boolean required,
        FieldFormat format,
        int minLength,
        int maxLength,
        @Nullable Integer decimals,
        @Nullable String value,
        @Nullable String preset,
        @Nullable String requiredIf,
        List<FieldRule> fields,
        @Nullable String assumption) {

    /** Our own bound where the provider's is unknown: no name, address or number is longer. */
    static final int LONGEST = 200;

    /** Copies the list. */
    public FieldRule {
        fields = List.copyOf(fields);
    }

    @JsonCreator
    static FieldRule read(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "source", required = true) FieldSource source,
            @JsonProperty("type") @Nullable FieldType type,
            @JsonProperty(value = "required", required = true) boolean required,
            @JsonProperty("format") @Nullable FieldFormat format,
            @JsonProperty("minLength") @Nullable Integer minLength,
            @JsonProperty("maxLength") @Nullable Integer maxLength,
            @JsonProperty("decimals") @Nullable Integer decimals,
            @JsonProperty("value") @Nullable String value,
            @JsonProperty("default") @Nullable String preset,
            @JsonProperty("requiredIf") @Nullable String requiredIf,
            @JsonProperty("fields") @Nullable List<FieldRule> fields,
            @JsonProperty("assumption") @Nullable String assumption) {
        return new FieldRule(
                name,
                source,
                Objects.requireNonNullElseGet(type, () -> FieldType.usualFor(source)),
                required,
                Objects.requireNonNullElseGet(format, () -> FieldFormat.usualFor(source)),
                Objects.requireNonNullElse(minLength, 1),
                Objects.requireNonNullElse(maxLength, LONGEST),
                decimals,
                value,
                preset,
                requiredIf,
                Objects.requireNonNullElse(fields, List.of()),
                assumption);
    }

    /** The rule that holds for a detail of the buyer where a provider has none of its own. */
    static FieldRule usual(BuyerField field) {
        return read(
                field.key(), FieldSource.of(field), null, true, null, null, null, null, null, null, null, null, null);
    }

    /** This rule and those of an object's fields. */
    public Stream<FieldRule> withFields() {
        return Stream.concat(Stream.of(this), fields.stream().flatMap(FieldRule::withFields));
    }

    /** The rules whose values a request cannot do without: this one, or those of a required object's required fields. */
    Stream<FieldRule> needed() {
        if (!required) {
            return Stream.empty();
        }
        return source == FieldSource.OBJECT ? fields.stream().flatMap(FieldRule::needed) : Stream.of(this);
    }

    /** What keeps this known value from being sent; empty when it is good. */
    Optional<FieldProblem.Code> problemWith(String value) {
        if (value.length() > LONGEST) {
            return Optional.of(FieldProblem.Code.TOO_LONG);
        }
        if (!format.accepts(value) || !type.takes(value)) {
            return Optional.of(FieldProblem.Code.INVALID);
        }
        int length = format.sent(value).length();
        if (length < minLength) {
            return Optional.of(FieldProblem.Code.TOO_SHORT);
        }
        return length > maxLength ? Optional.of(FieldProblem.Code.TOO_LONG) : Optional.empty();
    }

    /** What a value must look like, in words; empty for any text. */
    public String inWords() {
        return FieldFacts.of(this).rule();
    }

    /** Whether this value, a setting for example, would be sent. */
    public boolean takes(String value) {
        return problemWith(value).isEmpty();
    }
}
