package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The documented messages of the Cashier, and the operations they belong to. */
final class Examples {

    static final ProviderCatalogue CATALOGUE = ProviderCatalogue.bundled();
    static final ObjectMapper JSON = new ObjectMapper();

    private Examples() {}

    static byte[] bytes(String name) {
        try (InputStream stream = Examples.class.getResourceAsStream("/mozarto/" + name + ".json")) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static ProviderOperation payIn(String pspType) {
        return CATALOGUE.operation(new PspType(pspType), Operation.PAYIN).orElseThrow();
    }

    static ProviderOperation payOut(String pspType) {
        return CATALOGUE.operation(new PspType(pspType), Operation.PAYOUT).orElseThrow();
    }

    /** The text of a bundled provider file. */
    static String catalogueFile(String name) {
        return new String(Objects.requireNonNull(ProviderFiles.bundled().get(name), name), StandardCharsets.UTF_8);
    }

    /** PAYONE's pay-in as it would be if its file said {@code other} where it says {@code part}. */
    static ProviderOperation payoneWith(String part, String other) {
        String file = catalogueFile("payone.json");
        if (!file.contains(part)) {
            throw new IllegalArgumentException("payone.json does not say " + part);
        }
        byte[] changed = file.replace(part, other).getBytes(StandardCharsets.UTF_8);
        return ProviderCatalogue.of(new TreeMap<>(Map.of("payone.json", changed)))
                .operation(new PspType("PAYONE"), Operation.PAYIN)
                .orElseThrow();
    }

    static BuyerDetails buyer() {
        return BuyerDetails.of("maya.tremblay@example.com", "Maya", "Tremblay", "+1 (416) 555-0142", "ca");
    }
}
