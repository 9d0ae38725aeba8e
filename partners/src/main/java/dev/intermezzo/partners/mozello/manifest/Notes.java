package dev.intermezzo.partners.mozello.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Collects findings, and knows the checks that many places share. */
final class Notes {
    private final List<ManifestFinding> findings = new ArrayList<>();

    void problem(String path, String code, String sentence, String remedy) {
        findings.add(new ManifestFinding(true, path, code, sentence, remedy));
    }

    void note(String path, String code, String sentence, String remedy) {
        findings.add(new ManifestFinding(false, path, code, sentence, remedy));
    }

    List<ManifestFinding> all() {
        return List.copyOf(findings);
    }

    /** A text that is there and not blank. */
    boolean text(JsonNode node, String path) {
        if (node.isTextual() && !node.textValue().isBlank()) {
            return true;
        }
        if (node.isMissingNode() || node.isNull()) {
            problem(path, "manifest-missing", "It is missing.", "Mozello's reference marks it as mandatory.");
        } else {
            problem(path, "manifest-not-text", "It is not a text, or an empty one.", "Give a text.");
        }
        return false;
    }

    /** A text, or texts by language. */
    void localText(JsonNode node, String path) {
        if (!node.isObject()) {
            text(node, path);
        } else if (node.isEmpty()) {
            problem(path, "manifest-missing", "It has no language.", "Give a text, or one text per language.");
        } else {
            node.properties().forEach(each -> {
                if (!each.getKey().matches("[a-z]{2}")) {
                    problem(
                            path + "." + each.getKey(),
                            "manifest-language",
                            "It is not a two-letter language.",
                            "Use codes such as en or lv.");
                }
                text(each.getValue(), path + "." + each.getKey());
            });
        }
    }
}
