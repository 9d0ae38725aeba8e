package dev.intermezzo.ingress.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The one style sheet and the one script. The style sheet stands in each page: a browser shows nothing before it has it, and
 * asking for it would take longer than its five kilobytes do. The script is for later; its name carries a hash of its content,
 * so browsers may keep it for ever.
 */
public final class Assets {

    /** Route under which they are served; the last part is the file's name. */
    public static final String ROUTE = "/assets/";

    private final String style;
    private final String script;
    private final String styleSource;
    private final String scriptName;

    private Assets(String style, String script) {
        this.style = style;
        this.script = script;
        this.styleSource = "'sha256-" + Base64.getEncoder().encodeToString(sha256(style)) + "'";
        this.scriptName = "page-" + HexFormat.of().formatHex(sha256(script), 0, 6) + ".js";
    }

    public static Assets load() {
        return new Assets(resource("page.css"), resource("page.js"));
    }

    /** A file by its name. */
    public Optional<Asset> file(String name) {
        return name.equals(scriptName)
                ? Optional.of(new Asset("text/javascript; charset=utf-8", script))
                : Optional.empty();
    }

    /** One file. */
    public record Asset(String contentType, String content) {}

    /** The style sheet, as it stands between {@code <style>} and {@code </style>}. */
    String style() {
        return style;
    }

    /** What a page's policy allows as its style: this one and no other (CSP Level 3, section 2.3.1, hash-source). */
    public String styleSource() {
        return styleSource;
    }

    String scriptPath() {
        return ROUTE + scriptName;
    }

    private static String resource(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private static byte[] sha256(String content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
