package dev.intermezzo.cli.mozarto;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A buyer as a JSON object with the claims of the user token (Mozarto Cashier API, authentication).
 *
 * @param userId empty when it is missing or malformed
 */
record UserFile(String userId, BuyerDetails buyer) {
    static final String USER_ID = "userId";
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_USER_ID = 128;

    /** What the token may say; {@code emailVerified} is documented too, and never said. */
    private static final Set<BuyerField> CLAIMS = Set.of(
            BuyerField.EMAIL, BuyerField.FIRST_NAME, BuyerField.LAST_NAME, BuyerField.PHONE, BuyerField.COUNTRY_CODE);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static UserFile read(Path file, Findings findings) {
        JsonNode object = object(file);
        Map<BuyerField, String> details = new EnumMap<>(BuyerField.class);
        String userId = "";
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Optional<BuyerField> field = BuyerField.ofKey(entry.getKey()).filter(CLAIMS::contains);
            if (entry.getKey().equals(USER_ID)) {
                userId = text(entry, findings);
            } else if (field.isPresent()) {
                details.put(field.get(), text(entry, findings));
            } else {
                findings.note(
                        entry.getKey().equals("emailVerified")
                                ? "emailVerified is left out of the token: nobody has proved it."
                                : entry.getKey() + " is not a claim of the token and is left out.");
            }
        }
        // A value that is no text was reported as such already.
        JsonNode given = object.path(USER_ID);
        if (userId.length() > LONGEST_USER_ID) {
            claim(findings, USER_ID, "too-long");
        } else if (userId.isBlank() && (given.isMissingNode() || given.isNull() || given.isTextual())) {
            claim(findings, USER_ID, "missing");
        }
        return new UserFile(userId.strip(), BuyerDetails.of(details));
    }

    /** Reports a claim that is missing or not good enough; by name, never by value. */
    static void claim(Findings findings, String name, String code) {
        String wrong = switch (code) {
            case "missing" -> "is missing";
            case "too-short" -> "is too short";
            case "too-long" -> "is too long";
            default -> "is not what it must be";
        };
        findings.problem(name, "claim-" + code, wrong, remedy(name));
    }

    private static String remedy(String name) {
        return switch (name) {
            case USER_ID ->
                "Give a text of 1 to " + LONGEST_USER_ID + " characters that stays the same for this buyer.";
            case "phone" -> "Give digits, with or without a leading +; PAYONE wants 6 to 15 of them.";
            case "countryCode" -> "Give the two letters of ISO 3166-1, such as LV.";
            case "email" -> "Give an address such as buyer@example.com.";
            default -> "Give it as a text.";
        };
    }

    private static String text(Map.Entry<String, JsonNode> entry, Findings findings) {
        if (entry.getValue().isTextual()) {
            return entry.getValue().textValue();
        }
        if (!entry.getValue().isNull()) {
            findings.problem(entry.getKey(), "claim-invalid", "is not a text", "Put the value in quotes.");
        }
        return "";
    }

    private static JsonNode object(Path file) {
        try {
            if (Files.size(file) <= LONGEST) {
                JsonNode tree = JSON.readTree(Files.readAllBytes(file));
                if (tree.isObject()) {
                    return tree;
                }
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailure("user-not-json", "The file " + file + " is not JSON, or names a claim twice.", e);
        } catch (IOException e) {
            throw new CommandFailure("user-unreadable", "The file " + file + " cannot be read.", e);
        }
        throw new CommandFailure(
                "user-not-json", "The file " + file + " must hold one JSON object of at most 64 KiB, with the claims.");
    }
}
