package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code multipart/form-data} as browsers and cURL write it, and nothing else: no preamble, no epilogue, CRLF line
 * ends, no files. Everything is bounded by the body, which {@link MozelloForm#read} bounds first. Part headers other than
 * {@code Content-Disposition} are ignored, as PHP ignores them.
 */
final class MultipartReader {

    /** Headers per part; browsers send one, cURL at most two. */
    private static final int MAX_HEADERS = 8;

    private static final int MAX_HEADER_BYTES = 1024;

    /** RFC 2046 §5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] DASHES = {'-', '-'};

    private final byte[] body;
    private final byte[] opening;
    private final byte[] delimiter;
    private int at;

    private MultipartReader(byte[] body, String boundary) {
        this.body = body;
        this.opening = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    static List<FormField> read(byte[] body, HeaderValue contentType) throws UnreadableFormException {
        Optional<String> boundary = contentType
                .parameter("boundary")
                .filter(text -> BOUNDARY.matcher(text).matches());
        if (boundary.isEmpty()) {
            throw UnreadableFormException.malformed("The multipart content type names no usable boundary.");
        }
        return new MultipartReader(body, boundary.get()).fields();
    }

    private List<FormField> fields() throws UnreadableFormException {
        List<FormField> fields = new ArrayList<>();
        require(skip(opening), "The multipart body does not begin with its boundary.");
        while (!atEnd()) {
            if (fields.size() == MozelloForm.MAX_FIELDS) {
                throw UnreadableFormException.tooManyFields();
            }
            String name = name();
            fields.add(new FormField(name, value()));
        }
        return fields;
    }

    /** After a boundary: {@code --} ends the form, a line end begins the next part. */
    private boolean atEnd() throws UnreadableFormException {
        if (skip(DASHES)) {
            skip(LINE_END);
            require(at == body.length, "Something follows the end of the multipart body.");
            return true;
        }
        require(skip(LINE_END), "A multipart boundary is not followed by a line end.");
        return false;
    }

    private String name() throws UnreadableFormException {
        Optional<String> name = Optional.empty();
        for (int headers = 0; !skip(LINE_END); headers++) {
            require(headers < MAX_HEADERS, "A multipart part has too many headers.");
            String line = line();
            int colon = line.indexOf(':');
            require(colon > 0, "A multipart part has a header without a name.");
            if (line.substring(0, colon).equalsIgnoreCase("Content-Disposition")) {
                require(name.isEmpty(), "A multipart part has two dispositions.");
                name = Optional.of(nameOf(HeaderValue.parse(line.substring(colon + 1))));
            }
        }
        require(name.isPresent(), "A multipart part has no disposition.");
        return name.get();
    }

    private static String nameOf(HeaderValue disposition) throws UnreadableFormException {
        require(disposition.value().equals("form-data"), "A multipart part is not form data.");
        require(
                disposition.parameters().keySet().stream().noneMatch(key -> key.startsWith("filename")),
                "The form carries a file; checkouts have none.");
        String name = disposition.parameter("name").orElse("");
        require(!name.isEmpty(), "A field has no name.");
        return name;
    }

    private String line() throws UnreadableFormException {
        int end = indexOf(LINE_END);
        require(end >= 0 && end - at <= MAX_HEADER_BYTES, "A multipart header does not end or is too long.");
        FormField line = new FormField("header", Arrays.copyOfRange(body, at, end));
        require(line.isUtf8(), "A multipart header is not UTF-8.");
        at = end + LINE_END.length;
        return line.text();
    }

    private byte[] value() throws UnreadableFormException {
        int end = indexOf(delimiter);
        require(end >= 0, "The multipart body ends inside a part.");
        byte[] value = Arrays.copyOfRange(body, at, end);
        at = end + delimiter.length;
        return value;
    }

    private boolean skip(byte[] expected) {
        if (!standsAt(expected, at)) {
            return false;
        }
        at += expected.length;
        return true;
    }

    private int indexOf(byte[] wanted) {
        for (int index = at; index <= body.length - wanted.length; index++) {
            if (standsAt(wanted, index)) {
                return index;
            }
        }
        return -1;
    }

    private boolean standsAt(byte[] wanted, int index) {
        int end = index + wanted.length;
        return end <= body.length && Arrays.equals(body, index, end, wanted, 0, wanted.length);
    }

    private static void require(boolean holds, String sentence) throws UnreadableFormException {
        if (!holds) {
            throw UnreadableFormException.malformed(sentence);
        }
    }
}
