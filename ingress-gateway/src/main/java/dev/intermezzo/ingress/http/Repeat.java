package dev.intermezzo.ingress.http;

import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.MozelloForm;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A form that was not taken this time, to be sent again as it came: a page of refusal holds it in hidden fields, for the
 * browser that sent it and in that answer only. Nothing is added to it.
 *
 * @param address of ours that takes it
 * @param fields in their order
 */
public record Repeat(String address, List<Field> fields) {

    /** A browser sends these as it pleases: lone line ends become CR LF, and no page can hold a NUL. */
    private static final Pattern NOT_KEPT = Pattern.compile("\\x00|\\r(?!\\n)|(?<!\\r)\\n");

    /** A hidden field of this name is filled in by the browser (HTML, "constructing the entry list"). */
    private static final String BROWSERS_OWN = "_charset_";

    /** Name and value as text. */
    public record Field(String name, String value) {

        /** A buyer's data, perhaps. */
        @Override
        public String toString() {
            return "Field[" + name + "]";
        }
    }

    /** Empty when a browser would not send the same bytes again, over which a shop's signature would then not hold. */
    public static Optional<Repeat> of(String address, MozelloForm form) {
        return form.fields().stream().allMatch(Repeat::isKept)
                ? Optional.of(new Repeat(
                        address,
                        form.fields().stream()
                                .map(field -> new Field(field.name(), field.text()))
                                .toList()))
                : Optional.empty();
    }

    private static boolean isKept(FormField field) {
        return field.isUtf8()
                && !field.name().equalsIgnoreCase(BROWSERS_OWN)
                && !NOT_KEPT.matcher(field.name()).find()
                && !NOT_KEPT.matcher(field.text()).find();
    }
}
