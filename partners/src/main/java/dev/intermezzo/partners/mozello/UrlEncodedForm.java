package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes {@code application/x-www-form-urlencoded} bodies in received order. */
final class UrlEncodedForm {

    private UrlEncodedForm() {}

    /**
     * The fields of a body. As in PHP, an empty segment is no field and a segment without {@code =} has an empty value; a
     * field without a name, which PHP would drop in silence, is refused.
     */
    static List<FormField> read(byte[] body) throws UnreadableFormException {
        List<FormField> fields = new ArrayList<>();
        int from = 0;
        while (from < body.length) {
            int to = indexOf(body, '&', from, body.length);
            if (to > from) {
                if (fields.size() == MozelloForm.MAX_FIELDS) {
                    throw UnreadableFormException.tooManyFields();
                }
                fields.add(field(body, from, to));
            }
            from = to + 1;
        }
        return fields;
    }

    /** The fields as a body. */
    static String write(List<FormField> fields) {
        return fields.stream()
                .map(field -> PercentCoding.encode(field.name()) + "=" + PercentCoding.encode(field.bytes()))
                .collect(Collectors.joining("&"));
    }

    private static FormField field(byte[] body, int from, int to) throws UnreadableFormException {
        int equals = indexOf(body, '=', from, to);
        FormField name = new FormField("name", PercentCoding.decode(body, from, equals));
        if (!name.isUtf8()) {
            throw UnreadableFormException.malformed("A field's name is not UTF-8.");
        }
        if (name.text().isEmpty()) {
            throw UnreadableFormException.malformed("A field has no name.");
        }
        return new FormField(name.text(), PercentCoding.decode(body, Math.min(equals + 1, to), to));
    }

    /** The index of the first {@code wanted} in {@code bytes[from, to)}, or {@code to}. */
    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** A query string's bytes, for {@link AppsRedirectHash}. */
    static List<FormField> readQuery(String query) throws UnreadableFormException {
        return read(query.getBytes(StandardCharsets.UTF_8));
    }
}
