package dev.intermezzo.sandbox.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One HTML page of a simulator: semantic, responsive, usable without JavaScript, and with nothing loaded from anywhere
 * else. Everything that is not markup goes through {@link #text(String)}.
 *
 * @param html the whole document
 * @param policy the Content-Security-Policy to send with it
 */
public record Page(String html, String policy) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Builds a page.
     *
     * @param title plain text
     * @param brand plain text beside the TEST mark
     * @param look the style sheet
     * @param body markup
     * @param refreshSeconds reload after so many seconds; null for never
     * @param script run at the end; null for none
     */
    public static Page of(
            String title,
            String brand,
            String look,
            String body,
            @Nullable Integer refreshSeconds,
            @Nullable String script) {
        String nonce = nonce();
        String refresh =
                refreshSeconds == null ? "" : "<meta http-equiv=\"refresh\" content=\"" + refreshSeconds + "\">";
        String code = script == null ? "" : "<script nonce=\"" + nonce + "\">" + script + "</script>";
        String html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <link rel="icon" href="data:,">
                %s<title>%s</title>
                <style nonce="%s">%s</style>
                </head>
                <body>
                <header><strong>%s</strong> <span class="test">TEST</span></header>
                <main>
                %s
                </main>
                <footer>A simulation for trying things out. No money moves here.</footer>
                %s
                </body>
                </html>
                """.formatted(refresh, text(title), nonce, look, text(brand), body, code);
        return new Page(html, policy(nonce));
    }

    /** Escapes plain text for element content and quoted attributes. */
    public static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Forms may go anywhere: the shop's checkout form is for another server. */
    private static String policy(String nonce) {
        return "default-src 'none'; style-src 'nonce-" + nonce + "'; script-src 'nonce-" + nonce
                + "'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
