package dev.intermezzo.ingress.tokens;

/** What a sealed text was made for; part of what is authenticated, so a text of one purpose never passes for another. */
public enum TokenPurpose {
    /** {@code /pay/{token}}. */
    PAY("pay"),
    /** {@code /return/{token}}. */
    RETURN("return"),
    /** The cookie of the browser that began a checkout. */
    COOKIE("cookie");

    private final String text;

    TokenPurpose(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
