package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The messages that somebody may have signed instead of the one that Mozello signs. */
final class MessageVariants {

    /** What was signed, and how that differs; the key may stand in the message, where it never belongs. */
    record Message(List<byte[]> parts, List<Deviation> deviations, KeyInside keyInside) {}

    /** Whether the key's own bytes are part of the message. */
    enum KeyInside {
        NO,
        BEFORE,
        BEHIND
    }

    private final List<FormField> fields;
    private final List<Deviation> already;
    private final List<Message> messages = new ArrayList<>();

    private MessageVariants(List<FormField> fields, List<Deviation> already) {
        this.fields = fields.stream()
                .filter(field -> !field.name().equals(MozelloSignature.FIELD))
                .toList();
        this.already = already;
    }

    /** @param already how the fields themselves differ from those that were received */
    static List<Message> of(List<FormField> fields, List<Deviation> already) {
        MessageVariants variants = new MessageVariants(fields, already);
        variants.asMozelloDoes();
        variants.orders();
        variants.joints();
        variants.contents();
        variants.omissions();
        return List.copyOf(variants.messages);
    }

    /** The variants of a webhook's body, which is signed as it is. */
    static List<Message> ofBody(byte[] body) {
        MessageVariants variants = new MessageVariants(List.of(new FormField("body", body)), List.of());
        variants.asMozelloDoes();
        variants.lineEnds();
        return List.copyOf(variants.messages);
    }

    private void asMozelloDoes() {
        add(values(fields), null);
        Deviation inside = new Deviation(
                "key-in-message", "The key was joined to the values; it only belongs into the HMAC as its key.");
        messages.add(new Message(values(fields), deviations(inside), KeyInside.BEFORE));
        messages.add(new Message(values(fields), deviations(inside), KeyInside.BEHIND));
    }

    private void orders() {
        add(
                values(sorted(Comparator.comparingInt(MessageVariants::documentedPlace))),
                new Deviation(
                        "order-documented",
                        "The values were joined in the documented order; the order that counts is the one on the wire."));
        add(
                values(sorted(Comparator.comparing(FormField::name))),
                new Deviation(
                        "order-sorted",
                        "The values were joined by name in alphabetical order instead of as received."));
        List<FormField> reversed = new ArrayList<>(fields);
        Collections.reverse(reversed);
        add(values(reversed), new Deviation("order-reversed", "The values were joined from the last to the first."));
    }

    private void joints() {
        for (String separator : List.of("&", "\n", ",", ";", "|", " ")) {
            add(
                    text(fields.stream().map(FormField::text).collect(Collectors.joining(separator))),
                    new Deviation("values-separated", "Something was put between the values: nothing belongs there."));
        }
        Deviation names = new Deviation("names-signed", "The fields' names were signed too; only the values are.");
        add(text(fields.stream().map(each -> each.name() + each.text()).collect(Collectors.joining())), names);
        add(text(fields.stream().map(each -> each.name() + "=" + each.text()).collect(Collectors.joining("&"))), names);
        add(
                text(UrlEncodedForm.write(fields)),
                new Deviation("body-signed", "The urlencoded body was signed instead of the decoded values."));
    }

    private void contents() {
        each(
                value -> PercentCoding.encode(value),
                new Deviation("values-encoded", "The values were signed percent-coded; they count as decoded."));
        each(String::strip, new Deviation("values-trimmed", "Blanks around values were taken off before signing."));
        each(
                value -> value.replace("\r\n", "\n"),
                new Deviation("line-ends-changed", "Line ends inside values were rewritten before signing."));
        each(
                value -> value.replace("\r\n", "\n").replace("\n", "\r\n"),
                new Deviation("line-ends-changed", "Line ends inside values were rewritten before signing."));
        Deviation normalised = new Deviation(
                "unicode-normalised", "Letters were brought into another Unicode form before signing; bytes count.");
        each(value -> Normalizer.normalize(value, Normalizer.Form.NFC), normalised);
        each(value -> Normalizer.normalize(value, Normalizer.Form.NFD), normalised);
        add(
                fields.stream()
                        .map(field -> field.text().getBytes(StandardCharsets.ISO_8859_1))
                        .toList(),
                new Deviation("charset-other", "The values were signed in ISO-8859-1; they were sent in UTF-8."));
        add(
                fields.stream()
                        .map(field ->
                                new String(field.bytes(), StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8))
                        .toList(),
                new Deviation("charset-other", "The values' UTF-8 was taken for ISO-8859-1 before signing."));
        lineEnds();
    }

    private void lineEnds() {
        for (String end : List.of("\n", "\r\n")) {
            List<byte[]> longer = new ArrayList<>(values(fields));
            longer.add(end.getBytes(StandardCharsets.US_ASCII));
            add(longer, new Deviation("message-line-end", "A line end was signed behind what was sent."));
        }
        FormField last = fields.isEmpty() ? FormField.of("none", "") : fields.getLast();
        String stripped = new String(last.bytes(), StandardCharsets.ISO_8859_1).replaceFirst("[\\r\\n]+\\z", "");
        List<byte[]> shorter = new ArrayList<>(values(fields));
        if (!shorter.isEmpty()) {
            shorter.set(shorter.size() - 1, stripped.getBytes(StandardCharsets.ISO_8859_1));
        }
        add(
                shorter,
                new Deviation(
                        "received-line-end",
                        "What was recorded ends in a line end that was not signed: editors and shells add one."));
    }

    private void omissions() {
        for (FormField left : fields) {
            add(
                    values(fields.stream()
                            .filter(field -> !field.name().equals(left.name()))
                            .toList()),
                    new Deviation(
                            "field-not-signed",
                            "The field " + left.name()
                                    + " was not signed, or was added afterwards; every field is signed."));
        }
        add(
                values(fields.stream()
                        .filter(field -> FieldNames.DOCUMENTED.contains(field.name()))
                        .toList()),
                new Deviation(
                        "unknown-fields-not-signed",
                        "Fields that are not documented were left out; every field is signed."));
    }

    private void each(UnaryOperator<String> change, Deviation deviation) {
        add(
                fields.stream()
                        .map(field -> change.apply(field.text()).getBytes(StandardCharsets.UTF_8))
                        .toList(),
                deviation);
    }

    private void add(List<byte[]> parts, @Nullable Deviation deviation) {
        messages.add(new Message(parts, deviations(deviation), KeyInside.NO));
    }

    private List<Deviation> deviations(@Nullable Deviation another) {
        List<Deviation> all = new ArrayList<>(already);
        if (another != null) {
            all.add(another);
        }
        return List.copyOf(all);
    }

    private List<FormField> sorted(Comparator<FormField> order) {
        return fields.stream().sorted(order).toList();
    }

    private static int documentedPlace(FormField field) {
        int place = FieldNames.DOCUMENTED.indexOf(field.name());
        return place < 0 ? FieldNames.DOCUMENTED.size() : place;
    }

    private static List<byte[]> values(List<FormField> fields) {
        return fields.stream().map(FormField::bytes).toList();
    }

    private static List<byte[]> text(String message) {
        return List.of(message.getBytes(StandardCharsets.UTF_8));
    }
}
