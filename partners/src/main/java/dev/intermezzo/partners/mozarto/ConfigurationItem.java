package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that Mozarto's back office asks for before a provider can be used (the configuration table of the provider's page).
 * It is entered there and never here: the catalogue only tells whoever sets an account up.
 *
 * @param name as the back office names it
 * @param required whether the document marks it as required
 * @param preset what holds when it is left out; {@code null} when the document names nothing
 * @param values what it may be; empty when the document names no list
 */
public record ConfigurationItem(
        String name,
        boolean required,
        @JsonProperty("default") @Nullable String preset,
        List<String> values) {

    /** Copies the list; a missing one is empty. */
    @JsonCreator
    public ConfigurationItem {
        Objects.requireNonNull(name, "configuration.name is missing");
        values = ProviderOperation.orEmpty(values);
    }
}
