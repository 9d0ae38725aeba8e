package dev.intermezzo.partners.mozello;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form as it was received: fields in their order on the wire, values as raw bytes.
 *
 * <p>Mozello signs the joined values in received order (Payment API, signing), so a map of strings as web frameworks hand
 * out is not enough. Only the body counts; parameters of the address do not. A name that stands twice keeps its first
 * position and takes its last value, as in the official PHP verifier, and is remembered as {@linkplain #repeated
 * repeated}. Names are taken literally: PHP's rewriting of dots, blanks and brackets is not imitated, since no name of
 * Mozello's has any.
 */
public final class MozelloForm {

    /** The largest body that is read, in bytes. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    /** The largest number of fields, repeated ones counted each time. */
    public static final int MAX_FIELDS = 64;

    private final Map<String, FormField> fields;
    private final Set<String> repeated;

    private MozelloForm(Map<String, FormField> fields, Set<String> repeated) {
        this.fields = fields;
        this.repeated = repeated;
    }

    /**
     * Reads a body. Never throws for any bytes.
     *
     * @param body the raw body
     * @param contentType the {@code Content-Type} header: {@code application/x-www-form-urlencoded} or
     *     {@code multipart/form-data}; a charset parameter is ignored, because the signature is over bytes
     */
    public static FormReading read(byte[] body, @Nullable String contentType) {
        if (body.length > MAX_BODY_BYTES) {
            return new FormReading.Unreadable(
                    "body-too-large", "The body is larger than " + MAX_BODY_BYTES / 1024 + " KiB.");
        }
        try {
            HeaderValue type = HeaderValue.parse(contentType == null ? "" : contentType);
            return switch (type.value()) {
                case "application/x-www-form-urlencoded" -> new FormReading.Form(of(UrlEncodedForm.read(body)));
                case "multipart/form-data" -> new FormReading.Form(of(MultipartReader.read(body, type)));
                default ->
                    new FormReading.Unreadable(
                            "content-type-unsupported",
                            "The content type must be application/x-www-form-urlencoded or multipart/form-data.");
            };
        } catch (UnreadableFormException unreadable) {
            return unreadable.reading();
        }
    }

    /** The form of these fields in the order they were received. */
    public static MozelloForm of(List<FormField> received) {
        Map<String, FormField> fields = new LinkedHashMap<>();
        Set<String> repeated = new LinkedHashSet<>();
        for (FormField field : received) {
            // Replacing a value leaves the name at its first position, in PHP's arrays as in this map.
            if (fields.put(field.name(), field) != null) {
                repeated.add(field.name());
            }
        }
        return new MozelloForm(fields, repeated);
    }

    /** The same form with other fields; the names that stood more than once are remembered. */
    MozelloForm withFields(List<FormField> others) {
        MozelloForm changed = of(others);
        Set<String> all = new LinkedHashSet<>(repeated);
        all.addAll(changed.repeated);
        return new MozelloForm(changed.fields, all);
    }

    /** Whether Mozello documents a checkout field of this name. */
    public static boolean isDocumentedField(String name) {
        return FieldNames.DOCUMENTED.contains(name);
    }

    /** The fields in received order, each name once. */
    public List<FormField> fields() {
        return List.copyOf(fields.values());
    }

    /** The names in received order, each once: the form's layout. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** The field of this name, if the form has it. */
    public Optional<FormField> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The value of this name as UTF-8 text (see {@link FormField#text}); empty when the form does not have it. */
    public Optional<String> value(String name) {
        return field(name).map(FormField::text);
    }

    /** The names that stood more than once, in the order their repetition was seen. */
    public Set<String> repeated() {
        return Set.copyOf(repeated);
    }

    /** The value bytes that a signature covers: all fields in received order, without {@code signature}. */
    List<byte[]> signedValues() {
        List<byte[]> values = new ArrayList<>(fields.size());
        for (FormField field : fields.values()) {
            if (!field.name().equals(MozelloSignature.FIELD)) {
                values.add(field.bytes());
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return "MozelloForm" + fields.keySet();
    }
}
