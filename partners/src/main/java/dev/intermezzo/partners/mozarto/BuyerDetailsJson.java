package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The text that is sealed as a payment's {@code buyer-details}: a JSON object of known details by {@link BuyerField#key}.
 * The ingress writes it, the cashier executor reads it; a name that this build does not know is passed over, so that old
 * and new builds run side by side.
 */
public final class BuyerDetailsJson {

    /** The purpose under which the text is sealed. */
    public static final String PURPOSE = "buyer-details";

    private static final JsonMapper JSON = new JsonMapper();

    private BuyerDetailsJson() {}

    /** The details as JSON, UTF-8; to be sealed at once, never stored or logged as it is. */
    public static byte[] write(BuyerDetails details) {
        ObjectNode object = JSON.createObjectNode();
        for (BuyerField field : details.known()) {
            details.value(field).ifPresent(value -> object.put(field.key(), value));
        }
        try {
            return JSON.writeValueAsBytes(object);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
    }

    /** The details of such a text; empty when the bytes are not one. */
    public static Optional<BuyerDetails> read(byte[] json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (IOException malformed) {
            return Optional.empty();
        }
        if (!tree.isObject()) {
            return Optional.empty();
        }
        Map<BuyerField, String> values = new EnumMap<>(BuyerField.class);
        tree.fieldNames()
                .forEachRemaining(name -> BuyerField.ofKey(name)
                        .filter(field -> tree.path(name).isTextual())
                        .ifPresent(field -> values.put(field, tree.path(name).textValue())));
        return Optional.of(BuyerDetails.of(values));
    }
}
