package dev.intermezzo.partners.mozello.manifest;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges a manifest before Mozello does, whose portal's own checks are not documented, and by what Intermezzo needs of it: a
 * listing without the fields of a connection would be taken by Mozello and could never be paid through.
 */
public final class ManifestLint {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String VENDOR = "app_vendor";
    private static final String FIELDS = "payment_api_data_fields";
    private static final String INFO = "payment_platform_info";

    private static final List<String> VENDOR_TEXTS = List.of("company_name", "support_phone");
    private static final List<String> VENDOR_MAILS = List.of("support_email", "developer_email");
    private static final String INSTALL = "payment_api_install_url";
    private static final String SETTINGS = "payment_api_settings_url";
    private static final List<String> OPTIONAL_CALLS = List.of(INSTALL, SETTINGS);

    private static final Set<String> KNOWN =
            Set.of("app_type", "app_title", VENDOR, "payment_api_url", INSTALL, SETTINGS, FIELDS, INFO);

    private ManifestLint() {}

    /**
     * Finds everything at once.
     *
     * @param document JSON in UTF-8
     */
    public static List<ManifestFinding> lint(byte[] document) {
        Notes notes = new Notes();
        try {
            JsonNode manifest = JSON.readTree(document);
            if (manifest != null && manifest.isObject()) {
                object(manifest, notes);
            } else {
                notes.problem("", "manifest-not-object", "It is not a JSON object.", "See mozello manifest generate.");
            }
        } catch (IOException e) {
            notes.problem(
                    "",
                    "manifest-unreadable",
                    "It is not JSON, or names something twice.",
                    "See mozello manifest generate for one that is.");
        }
        return notes.all();
    }

    private static void object(JsonNode manifest, Notes notes) {
        if (!manifest.path("app_type").asText().equals(ManifestDraft.TYPE)) {
            notes.problem(
                    "app_type", "manifest-type-of-app", "It is not " + ManifestDraft.TYPE + ".", "Mozello wants that.");
        }
        if (manifest.path("app_title").isObject()) {
            notes.problem("app_title", "manifest-title", "The title cannot be told by language.", "Give one text.");
        } else {
            notes.text(manifest.path("app_title"), "app_title");
        }
        vendor(manifest.path(VENDOR), notes);
        WebAddress.check(manifest.path("payment_api_url"), "payment_api_url", notes);
        for (String call : OPTIONAL_CALLS) {
            if (!manifest.path(call).isMissingNode()) {
                WebAddress.check(manifest.path(call), call, notes);
            }
        }
        if (!manifest.path(FIELDS).isMissingNode()) {
            DataFields.check(manifest.path(FIELDS), FIELDS, notes);
        }
        connection(manifest, notes);
        PlatformInfo.check(manifest.path(INFO), INFO, notes);
        manifest.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                notes.note(name, "manifest-unknown", "Mozello does not name this.", "It may have no effect.");
            }
        });
    }

    /** What a merchant's shop is connected with; Mozello itself asks for neither. */
    private static void connection(JsonNode manifest, Notes notes) {
        if (manifest.path(FIELDS).isMissingNode() || manifest.path(FIELDS).isArray()) {
            List<String> ids = manifest.path(FIELDS).findValuesAsText("id");
            Stream.of(ManifestDraft.CONNECTION_ID, ManifestDraft.CONNECTION_SECRET)
                    .filter(id -> !ids.contains(id))
                    .forEach(id -> notes.problem(
                            FIELDS,
                            "manifest-connection-field",
                            "There is no field " + id + ", by which we tell whose order it is: every order would be "
                                    + "refused.",
                            "Add it as a required text; mozello manifest generate has both."));
        }
        if (manifest.path(INSTALL).isMissingNode() && manifest.path(SETTINGS).isMissingNode()) {
            notes.problem(
                    INSTALL,
                    "manifest-no-install",
                    "Mozello would tell nobody that a shop has installed us, so no connection would take payments.",
                    "Add the edge's address with /mozello/install, and /mozello/settings beside it.");
        } else if (manifest.path(INSTALL).isMissingNode()) {
            notes.note(
                    INSTALL,
                    "manifest-no-install",
                    "A shop would take payments only after its fields were changed once, and is never marked as installed.",
                    "Add the edge's address with /mozello/install.");
        }
    }

    private static void vendor(JsonNode vendor, Notes notes) {
        VENDOR_TEXTS.forEach(name -> notes.text(vendor.path(name), VENDOR + "." + name));
        for (String name : VENDOR_MAILS) {
            String path = VENDOR + "." + name;
            if (notes.text(vendor.path(name), path)
                    && !vendor.path(name).textValue().matches("[^@\\s]+@[^@\\s]+")) {
                notes.problem(path, "manifest-mail", "It is not an e-mail address.", "Give one.");
            }
        }
    }
}
