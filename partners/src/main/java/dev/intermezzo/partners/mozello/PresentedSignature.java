package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The 32 bytes that a received signature may stand for, read as written and in the usual wrong ways. */
final class PresentedSignature {

    private static final int DIGEST_BYTES = 32;
    private static final Pattern CANONICAL = Pattern.compile("[A-Za-z0-9+/]{43}=");

    private static final Deviation HEX = new Deviation(
            "signature-hex", "The signature is hexadecimal; Mozello's is the standard base64 of the raw 32 bytes.");
    private static final Deviation BASE64_OF_HEX = new Deviation(
            "signature-base64-of-hex",
            "The signature is the base64 of hexadecimal digits; it must be of the raw 32 bytes.");
    private static final Deviation URL_ALPHABET = new Deviation(
            "signature-base64url", "The signature is base64 of the URL alphabet, with - and _ instead of + and /.");
    private static final Deviation UNPADDED =
            new Deviation("signature-unpadded", "The signature lacks the = at its end.");
    private static final Deviation BLANKS = new Deviation(
            "signature-blanks", "There are blanks, line ends or quotation marks around or within the signature.");
    private static final Deviation PLUS_AS_BLANK = new Deviation(
            "signature-plus-as-blank",
            "Each + of the signature arrived as a blank: the form was sent without percent-coding it.");
    private static final Deviation TWICE = new Deviation(
            "signature-encoded-twice", "The signature was percent-coded twice: it still holds %2B, %2F or %3D.");

    /**
     * A reading of the signature.
     *
     * @param canonical the standard base64 of the bytes it stands for
     */
    record Candidate(String canonical, List<Deviation> deviations) {}

    private final List<Candidate> candidates = new ArrayList<>();

    private PresentedSignature() {}

    static List<Candidate> candidates(String presented) {
        PresentedSignature signature = new PresentedSignature();
        signature.read(presented, List.of());
        String cleaned = presented.replaceAll("[\\s\"']", "");
        if (!cleaned.equals(presented)) {
            signature.read(cleaned, List.of(BLANKS));
        }
        if (presented.strip().indexOf(' ') > 0) {
            signature.read(presented.strip().replace(' ', '+'), List.of(PLUS_AS_BLANK));
        }
        if (presented.indexOf('%') >= 0) {
            byte[] coded = presented.replace("+", "%2B").getBytes(StandardCharsets.UTF_8);
            String decoded = new String(PercentCoding.decode(coded, 0, coded.length), StandardCharsets.ISO_8859_1);
            signature.read(decoded, List.of(TWICE));
        }
        return List.copyOf(signature.candidates);
    }

    private void read(String text, List<Deviation> already) {
        if (CANONICAL.matcher(text).matches()) {
            add(decoded(text), already);
            return;
        }
        if (isHex(text, DIGEST_BYTES)) {
            add(HexFormat.of().parseHex(text), with(already, HEX));
        }
        String padded = text.endsWith("=") ? text : text + "=".repeat((4 - text.length() % 4) % 4);
        List<Deviation> unpadded = padded.equals(text) ? already : with(already, UNPADDED);
        String standard = padded.replace('-', '+').replace('_', '/');
        if (CANONICAL.matcher(standard).matches()) {
            add(decoded(standard), standard.equals(padded) ? unpadded : with(unpadded, URL_ALPHABET));
        }
        if (padded.matches("[A-Za-z0-9+/]{86}==")) {
            String inner = new String(decoded(padded), StandardCharsets.ISO_8859_1);
            if (isHex(inner, DIGEST_BYTES)) {
                add(HexFormat.of().parseHex(inner), with(unpadded, BASE64_OF_HEX));
            }
        }
    }

    private void add(byte[] digest, List<Deviation> deviations) {
        candidates.add(new Candidate(Base64.getEncoder().encodeToString(digest), deviations));
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static boolean isHex(String text, int bytes) {
        return text.length() == 2 * bytes && text.matches("[0-9a-fA-F]+");
    }

    private static List<Deviation> with(List<Deviation> already, Deviation another) {
        List<Deviation> all = new ArrayList<>(already);
        all.add(another);
        return List.copyOf(all);
    }
}
