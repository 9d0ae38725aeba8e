package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A key that may have signed, and how it differs from the one that should have.
 *
 * @param key the key; never printed
 * @param deviations what is wrong with using it; empty for the expected key as it is
 */
public record KeyUnderTest(MozelloKey key, List<Deviation> deviations) {

    private static final Deviation LINE_END = new Deviation(
            "key-with-line-end",
            "The key was used with the line end that a file has behind its last line; only the characters belong to it.");
    private static final Deviation WITHOUT_BLANKS = new Deviation(
            "key-blanks", "The key given here has blanks around it, and the signature was made without them.");

    /** Copies the list. */
    public KeyUnderTest {
        deviations = List.copyOf(deviations);
    }

    /** The key that should have signed, and the usual ways of mistaking its text. */
    public static List<KeyUnderTest> expected(String id, String secret) {
        return variants(id, secret, List.of());
    }

    /** A key that is known and should not have signed, and the usual ways of mistaking its text. */
    public static List<KeyUnderTest> other(String id, String secret) {
        return variants(
                id,
                secret,
                List.of(new Deviation("key-other", "Another key that is known here was used: " + id + ".")));
    }

    private static List<KeyUnderTest> variants(String id, String secret, List<Deviation> already) {
        List<KeyUnderTest> variants = new ArrayList<>();
        variants.add(new KeyUnderTest(key(id, secret), already));
        for (String end : List.of("\n", "\r\n")) {
            variants.add(new KeyUnderTest(key(id, secret + end), with(already, LINE_END)));
        }
        String stripped = secret.strip();
        if (!stripped.isEmpty() && !stripped.equals(secret)) {
            variants.add(new KeyUnderTest(key(id, stripped), with(already, WITHOUT_BLANKS)));
        }
        return List.copyOf(variants);
    }

    private static MozelloKey key(String id, String secret) {
        return new MozelloKey(id, secret.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Deviation> with(List<Deviation> already, Deviation another) {
        List<Deviation> all = new ArrayList<>(already);
        all.add(another);
        return all;
    }
}
