package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of every provider, as data: one JSON file per provider beside this class, all checked when they are
 * loaded. Adding a provider is adding its file.
 */
public final class ProviderCatalogue {

    private final Map<PspType, Provider> providers;
    private final String version;

    private ProviderCatalogue(Map<PspType, Provider> providers, String version) {
        this.providers = Collections.unmodifiableMap(providers);
        this.version = version;
    }

    /**
     * The catalogue that ships with this build.
     *
     * @throws CatalogueException when a file breaks a rule, with all problems at once
     */
    public static ProviderCatalogue bundled() {
        return of(ProviderFiles.bundled());
    }

    /**
     * A catalogue of these files.
     *
     * @param files content by file name, such as {@code payone.json}
     * @throws CatalogueException when a file breaks a rule, with all problems at once
     */
    static ProviderCatalogue of(SortedMap<String, byte[]> files) {
        ObjectMapper mapper = Json.strictMapper();
        List<String> problems = new ArrayList<>();
        Map<PspType, Provider> providers = new LinkedHashMap<>();
        SortedMap<String, byte[]> canonical = new TreeMap<>();
        if (files.isEmpty()) {
            problems.add("there is no provider file");
        }
        files.forEach((name, content) -> {
            try {
                JsonNode tree = mapper.readTree(content);
                canonical.put(name, Json.canonical(tree));
                Provider provider = mapper.treeToValue(withTypeInOperations(tree), Provider.class);
                problems.addAll(CatalogueRules.problemsOf(name, provider));
                providers.put(provider.pspType(), provider);
            } catch (JsonProcessingException malformed) {
                problems.add(name + " cannot be read: " + malformed.getOriginalMessage());
            } catch (IOException unreadable) {
                problems.add(name + " cannot be read: " + unreadable.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new CatalogueException(problems);
        }
        return new ProviderCatalogue(providers, versionOf(canonical));
    }

    /** All providers, in the order of their codes. */
    public Collection<Provider> providers() {
        return providers.values();
    }

    /** One provider. */
    public Optional<Provider> provider(PspType pspType) {
        return Optional.ofNullable(providers.get(pspType));
    }

    /** One direction of one provider. */
    public Optional<ProviderOperation> operation(PspType pspType, Operation operation) {
        return provider(pspType).flatMap(provider -> provider.operation(operation));
    }

    /** How money goes back to a buyer who paid through this provider; empty: not through the Cashier. */
    public Optional<ProviderOperation> refund(PspType pspType) {
        return provider(pspType).flatMap(Provider::refund);
    }

    /** The rows of {@code providers list}, in the order of their codes. */
    public List<ProviderSummary> summaries() {
        return providers().stream().map(ProviderSummary::of).toList();
    }

    /**
     * Names this content: 32 hexadecimal digits of its SHA-256. It is part of every payment plan; white space and the
     * order of keys in the files do not change it.
     */
    public String version() {
        return version;
    }

    // A file says its type once; each operation record carries it, so that rules and requests need nothing else.
    private static JsonNode withTypeInOperations(JsonNode file) {
        for (JsonNode operation : file.path("operations")) {
            if (operation instanceof ObjectNode object) {
                object.set("pspType", file.path("pspType"));
            }
        }
        return file;
    }

    private static String versionOf(SortedMap<String, byte[]> canonical) {
        MessageDigest digest = Hashes.sha256();
        Hashes.update(digest, "intermezzo-provider-catalogue-1".getBytes(StandardCharsets.UTF_8));
        canonical.forEach((name, content) -> {
            Hashes.update(digest, name.getBytes(StandardCharsets.UTF_8));
            Hashes.update(digest, content);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
