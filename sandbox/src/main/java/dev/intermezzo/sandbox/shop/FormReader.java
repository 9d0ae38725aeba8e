package dev.intermezzo.sandbox.shop;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a posted form in received order, urlencoded or multipart, which are the two that PHP's {@code $_POST} takes.
 * Returns no fields for anything else: the shop then finds neither order nor signature.
 */
final class FormReader {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,\\s]{1,200})\"?");
    private static final Pattern NAME = Pattern.compile("(?i)\\bname=\"([^\"]*)\"");

    private FormReader() {}

    static List<FormField> read(@Nullable String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType;
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            Matcher boundary = BOUNDARY.matcher(type);
            return boundary.find() ? multipart(boundary.group(1), body) : List.of();
        }
        return type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
                ? urlencoded(new String(body, StandardCharsets.UTF_8))
                : List.of();
    }

    private static List<FormField> urlencoded(String body) {
        List<FormField> fields = new ArrayList<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.add(new FormField(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // A broken escape stays as it came, as PHP leaves it.
        }
    }

    private static List<FormField> multipart(String boundary, byte[] body) {
        // One char per byte, so that cutting cannot damage a value.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String cut = "\r\n--" + boundary;
        List<FormField> fields = new ArrayList<>();
        for (String part : ("\r\n" + text).split(Pattern.quote(cut), -1)) {
            int end = part.indexOf("\r\n\r\n");
            if (!part.startsWith("\r\n") || end < 0) {
                continue; // What stands before the first boundary, or after the last.
            }
            Matcher name = NAME.matcher(part.substring(0, end));
            if (name.find()) {
                fields.add(new FormField(utf8(name.group(1)), utf8(part.substring(end + 4))));
            }
        }
        return fields;
    }

    private static String utf8(String oneCharPerByte) {
        return new String(oneCharPerByte.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
