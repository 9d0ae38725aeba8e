package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a signature is wrong, by making it in the ways in which it is usually got wrong: in another order, over
 * other bytes, with another key, written otherwise. What comes out exactly is what was done. For integrators at a
 * terminal; nothing that serves a payment asks it.
 */
public final class SignatureDebugger {

    private static final Deviation RECORDED_LINE_END = new Deviation(
            "received-line-end",
            "What was recorded ends in a line end that was not signed: editors and shells add one.");
    private static final Deviation PLUS_MEANT = new Deviation(
            "plus-not-encoded",
            "A + in a value was meant as such; in a form it means a blank unless it is written %2B.");

    private final List<KeyUnderTest> keys;
    private final List<Match> matches = new ArrayList<>();
    private int tried;

    private SignatureDebugger(List<KeyUnderTest> keys) {
        this.keys = keys;
    }

    private record Match(String keyId, List<Deviation> deviations) {}

    /**
     * Explains a form's signature. Never throws for any bytes.
     *
     * @param body the recorded body
     * @param contentType its {@code Content-Type} header
     * @param keys those that may have signed, the expected one first
     */
    public static SignatureExplanation form(byte[] body, @Nullable String contentType, List<KeyUnderTest> keys) {
        return switch (MozelloForm.read(body, contentType)) {
            case FormReading.Unreadable unreadable ->
                new SignatureExplanation.Unexplained(unreadable.code(), unreadable.sentence(), 0);
            case FormReading.Form readable -> new SignatureDebugger(keys).form(readable.form(), body, contentType);
        };
    }

    /**
     * Explains the header {@link WebhookHash#HEADER} of a webhook.
     *
     * @param body the recorded body
     * @param header the header's value
     * @param keys those that may have signed, the expected one first
     */
    public static SignatureExplanation webhook(byte[] body, String header, List<KeyUnderTest> keys) {
        SignatureDebugger debugger = new SignatureDebugger(keys);
        debugger.compare(PresentedSignature.candidates(header), MessageVariants.ofBody(body));
        return debugger.explanation(WebhookHash.verify(body, header, debugger.plainKeys()));
    }

    private SignatureExplanation form(MozelloForm form, byte[] body, @Nullable String contentType) {
        // First, because a signature at the end of such a file has a line end of its own, which says less.
        otherReading(form, withoutLineEnd(body), contentType, RECORDED_LINE_END);
        compare(form, List.of());
        otherReading(form, withPlusMeant(body), contentType, PLUS_MEANT);
        return explanation(MozelloSignature.verify(form, plainKeys()));
    }

    private void otherReading(MozelloForm form, byte[] body, @Nullable String contentType, Deviation deviation) {
        if (MozelloForm.read(body, contentType) instanceof FormReading.Form other
                && !other.form().fields().equals(form.fields())) {
            compare(other.form(), List.of(deviation));
        }
    }

    private void compare(MozelloForm form, List<Deviation> already) {
        compare(
                PresentedSignature.candidates(form.value(MozelloSignature.FIELD).orElse("")),
                MessageVariants.of(form.fields(), already));
    }

    private void compare(List<PresentedSignature.Candidate> presented, List<MessageVariants.Message> messages) {
        for (KeyUnderTest key : keys) {
            for (MessageVariants.Message message : messages) {
                tried++;
                String signature = Base64.getEncoder().encodeToString(digest(key.key(), message));
                presented.stream()
                        .filter(candidate -> candidate.canonical().equals(signature))
                        .forEach(candidate -> matches.add(new Match(
                                key.key().id(),
                                Stream.of(key.deviations(), message.deviations(), candidate.deviations())
                                        .flatMap(List::stream)
                                        .toList())));
            }
        }
    }

    private static byte[] digest(MozelloKey key, MessageVariants.Message message) {
        return switch (message.keyInside()) {
            case NO -> key.hmac(message.parts());
            case BEFORE -> key.hmacWithItself(message.parts(), true);
            case BEHIND -> key.hmacWithItself(message.parts(), false);
        };
    }

    private SignatureExplanation explanation(SignatureVerdict verdict) {
        if (verdict instanceof SignatureVerdict.Valid valid) {
            return new SignatureExplanation.Signed(valid.keyId());
        }
        SignatureVerdict.Invalid invalid = (SignatureVerdict.Invalid) verdict;
        // The fewest deviations are the likeliest; of equal ones, those of the expected key come first.
        Optional<Match> simplest = matches.stream()
                .filter(match -> !match.deviations().isEmpty())
                .min(Comparator.comparingInt(match -> match.deviations().size()));
        return simplest.<SignatureExplanation>map(
                        match -> new SignatureExplanation.Explained(match.keyId(), match.deviations()))
                .orElseGet(() -> new SignatureExplanation.Unexplained(invalid.code(), invalid.sentence(), tried));
    }

    private List<MozelloKey> plainKeys() {
        return keys.stream()
                .filter(key -> key.deviations().isEmpty())
                .map(KeyUnderTest::key)
                .toList();
    }

    private static byte[] withoutLineEnd(byte[] body) {
        return latin(latin(body).replaceFirst("[\\r\\n]+\\z", ""));
    }

    private static byte[] withPlusMeant(byte[] body) {
        return latin(latin(body).replace("+", "%2B"));
    }

    // One character for one byte, so that nothing else of the body changes.
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
