package dev.intermezzo.ingress.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The one style sheet and the one script. Their names carry a hash of their content, so browsers may keep them for ever. */
public final class Assets {

    /** Route under which they are served; the last part is the file's name. */
    public static final String ROUTE = "/assets/";

    private final String style;
    private final String script;
    private final String styleName;
    private final String scriptName;

    private Assets(String style, String script) {
        this.style = style;
        this.script = script;
        this.styleName = "page-" + hash(style) + ".css";
        this.scriptName = "page-" + hash(script) + ".js";
    }

    public static Assets load() {
        return new Assets(resource("page.css"), resource("page.js"));
    }

    /** A file by its name. */
    public Optional<Asset> file(String name) {
        if (name.equals(styleName)) {
            return Optional.of(new Asset("text/css; charset=utf-8", style));
        }
        return name.equals(scriptName)
                ? Optional.of(new Asset("text/javascript; charset=utf-8", script))
                : Optional.empty();
    }

    /** One file. */
    public record Asset(String contentType, String content) {}

    String stylePath() {
        return ROUTE + styleName;
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

    private static String hash(String content) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)),
                            0,
                            6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
