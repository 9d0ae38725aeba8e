package dev.intermezzo.cli.merchants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.Payee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Who is to be paid, as a person writes it: a YAML mapping of texts, such as {@code email: payee@example.com}. It comes in a
 * file because a command line is seen by others and remembered. What is wrong with it is told without repeating it.
 */
final class PayeeFile {
    private static final long LONGEST = 16_384;

    private PayeeFile() {}

    /** @throws CommandFailure {@code details-unreadable} */
    static Payee read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw unreadable("is longer than " + LONGEST + " bytes");
            }
            return of(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw unreadable("is not YAML, or names something twice");
        } catch (IOException e) {
            throw unreadable("cannot be read");
        }
    }

    private static Payee of(String yaml) throws JsonProcessingException {
        JsonNode tree = MerchantsFile.YAML.readTree(yaml);
        if (!(tree instanceof ObjectNode details)) {
            throw unreadable("is not a mapping of names to texts");
        }
        Problems problems = new Problems();
        ObjectNode root = MerchantsFile.YAML.createObjectNode();
        root.set("details", details);
        Section section = new Section("", root, problems);
        return switch (Payee.of(section.settings("details"))) {
            case Payee.Reading.Unknown unknown ->
                throw unreadable("says of a payee what none has, or half a wallet: "
                        + String.join(", ", unknown.names()) + "; there are " + names());
            case Payee.Reading.Read read -> {
                if (!problems.all().isEmpty()) {
                    throw unreadable(problems.all().getFirst().toString());
                }
                yield read.payee();
            }
        };
    }

    private static String names() {
        return Arrays.stream(BuyerField.values()).map(BuyerField::key).collect(Collectors.joining(", ")) + ", "
                + Payee.CRYPTO_CURRENCY + " with " + Payee.WALLET_ADDRESS;
    }

    private static CommandFailure unreadable(String why) {
        return new CommandFailure("details-unreadable", "The file with the payee's details " + why + ".");
    }
}
