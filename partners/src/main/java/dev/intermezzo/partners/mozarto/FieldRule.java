package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field of a provider's request, in the order in which it is written.
 *
 * @param name the field's name in the Cashier's JSON
 * @param source where its value comes from
 * @param required whether the provider refuses a request without it; an optional field without a good value is left out
 * @param format what the value must look like; the usual one of its source when the file names none
 * @param minLength least length in characters of the form that is sent
 * @param maxLength greatest length in characters; {@value #LONGEST} when the provider names none
 * @param decimals for amounts: the exact number of decimals the provider demands, else the currency's
 * @param assumption the assumption an operator must confirm before this field is sent, if any
 */
public record FieldRule(
        String name,
        FieldSource source,
        boolean required,
        FieldFormat format,
        int minLength,
        int maxLength,
        @Nullable Integer decimals,
        @Nullable String assumption) {

    /** Our own bound where the provider's is unknown: no name, address or number is longer. */
    static final int LONGEST = 200;

    @JsonCreator
    static FieldRule read(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "source", required = true) FieldSource source,
            @JsonProperty(value = "required", required = true) boolean required,
            @JsonProperty("format") @Nullable FieldFormat format,
            @JsonProperty("minLength") @Nullable Integer minLength,
            @JsonProperty("maxLength") @Nullable Integer maxLength,
            @JsonProperty("decimals") @Nullable Integer decimals,
            @JsonProperty("assumption") @Nullable String assumption) {
        return new FieldRule(
                name,
                source,
                required,
                format == null ? FieldFormat.usualFor(source) : format,
                minLength == null ? 1 : minLength,
                maxLength == null ? LONGEST : maxLength,
                decimals,
                assumption);
    }

    /** What keeps this known value from being sent; empty when it is good. */
    Optional<FieldProblem.Code> problemWith(String value) {
        if (value.length() > LONGEST) {
            return Optional.of(FieldProblem.Code.TOO_LONG);
        }
        if (!format.accepts(value)) {
            return Optional.of(FieldProblem.Code.INVALID);
        }
        int length = format.sent(value).length();
        if (length < minLength) {
            return Optional.of(FieldProblem.Code.TOO_SHORT);
        }
        return length > maxLength ? Optional.of(FieldProblem.Code.TOO_LONG) : Optional.empty();
    }
}
