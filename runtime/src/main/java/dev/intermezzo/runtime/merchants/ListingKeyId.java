package dev.intermezzo.runtime.merchants;

import java.util.Optional;

/**
 * Names a public listing's key where a payment remembers which key verified its form: the payment belongs to a connection,
 * which has no key.
 *
 * @param listing id of the listing's integration
 * @param key id of the key among the listing's
 */
public record ListingKeyId(String listing, String key) {
    private static final char SEPARATOR = '~';

    /** Reads what {@link #text} wrote; empty for the id of a private shop's key, which has no {@code ~}. */
    public static Optional<ListingKeyId> parse(String text) {
        int end = text.indexOf(SEPARATOR);
        return end < 0
                ? Optional.empty()
                : Optional.of(new ListingKeyId(text.substring(0, end), text.substring(end + 1)));
    }

    /** {@code <listing>~<key>}. */
    public String text() {
        return listing + SEPARATOR + key;
    }
}
