package dev.intermezzo.partners.mozello.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;

/** Addresses in a manifest: those that Mozello calls must be HTTPS (Payment API). */
final class WebAddress {
    private WebAddress() {}

    static void check(JsonNode node, String path, Notes notes) {
        if (!notes.text(node, path)) {
            return;
        }
        try {
            URI address = new URI(node.textValue());
            if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
                notes.problem(path, "manifest-not-https", "It is not an absolute https address.", "Give one that is.");
            } else if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
                notes.problem(
                        path,
                        "manifest-address",
                        "It holds a user name or a fragment, which no call would keep.",
                        "Take it out.");
            }
        } catch (URISyntaxException e) {
            notes.problem(path, "manifest-address", "It is not a web address.", "Check it for blanks and signs.");
        }
    }

    /** One address, or addresses by language. */
    static void checkLocal(JsonNode node, String path, Notes notes) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(each -> check(each.getValue(), path + "." + each.getKey(), notes));
        } else {
            check(node, path, notes);
        }
    }
}
