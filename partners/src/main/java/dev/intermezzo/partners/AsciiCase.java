package dev.intermezzo.partners;

/**
 * Upper and lower case for words of a protocol, which are ASCII: {@code A} to {@code Z} change, everything else stays.
 *
 * <p>For texts from outside, because {@link String#toLowerCase} and {@link String#toUpperCase} know letters that become
 * several (İ, ß) and copy the whole text for each of them: the square of its length.
 */
public final class AsciiCase {

    private AsciiCase() {}

    public static String lower(String text) {
        return moved(text, 'A', 'Z', 'a' - 'A');
    }

    public static String upper(String text) {
        return moved(text, 'a', 'z', 'A' - 'a');
    }

    private static String moved(String text, char first, char last, int distance) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] >= first && letters[i] <= last) {
                letters[i] += (char) distance;
            }
        }
        return String.valueOf(letters);
    }
}
