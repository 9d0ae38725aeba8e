package dev.intermezzo.partners.mozello;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.intermezzo.partners.AsciiCase;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON body of Mozello's says about an error and about an order's status. It is read token by token, so that a body
 * cut off half-way still tells what its first half said.
 *
 * <p>The shape of the {@code check_pending} error is not documented; "an error with info about the current payment status"
 * is all that is said. Assumed here: a status is named by a field whose whole value is one of the words, or by a text that
 * says "status is paid", "status: paid" or "status = paid". A bare {@code failed} counts only in a field whose name speaks
 * of a status, because elsewhere it may well be the call that failed ("Signature check failed"). Two different statuses
 * name none.
 */
final class ErrorBody {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build();

    private static final Map<String, ShopStatus> WORDS = Map.of(
            "approved", ShopStatus.PAID,
            "paid", ShopStatus.PAID,
            "failed", ShopStatus.FAILED,
            "pending", ShopStatus.PENDING);

    private static final Pattern STATUS_SENTENCE = Pattern.compile(
            "\\bstatus(?:\\s+is(?:\\s+(?:already|currently|now))?|\\s*[:=])\\s*[\"']?(approved|paid|failed|pending)\\b");

    private boolean error;
    private final Set<ShopStatus> named = EnumSet.noneOf(ShopStatus.class);

    private ErrorBody() {}

    static ErrorBody read(byte[] body, int limit) {
        ErrorBody result = new ErrorBody();
        try (JsonParser parser = JSON.createParser(body, 0, Math.min(body.length, limit))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                result.readTokens(parser);
            }
        } catch (IOException notJsonOrCutOff) {
            // What was read until here still counts.
        }
        return result;
    }

    /** Whether the body reports an error: {@code error} at its top is anything but false, null, zero or empty. */
    boolean isError() {
        return error;
    }

    /** The one status the body names, if it names exactly one. */
    Optional<ShopStatus> status() {
        return named.size() == 1 ? named.stream().findFirst() : Optional.empty();
    }

    private void readTokens(JsonParser parser) throws IOException {
        int depth = 1;
        for (JsonToken token = parser.nextToken(); token != null && depth > 0; token = parser.nextToken()) {
            if (token.isStructStart()) {
                error |= depth == 1 && isErrorField(parser);
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isScalarValue()) {
                error |= depth == 1 && isErrorField(parser) && isSet(parser.getText());
                noteStatus(parser.currentName(), parser.getText());
            }
        }
    }

    private static boolean isErrorField(JsonParser parser) throws IOException {
        return "error".equals(parser.currentName());
    }

    private static boolean isSet(String value) {
        return !Set.of("", "0", "false", "null").contains(AsciiCase.lower(value.strip()));
    }

    private void noteStatus(@Nullable String field, String value) {
        String text = AsciiCase.lower(value.strip());
        ShopStatus word = WORDS.get(text);
        if (word != null) {
            boolean ofTheOrder = word != ShopStatus.FAILED || (field != null && speaksOfStatus(field));
            if (ofTheOrder) {
                named.add(word);
            }
            return;
        }
        Matcher sentence = STATUS_SENTENCE.matcher(text);
        while (sentence.find()) {
            ShopStatus status = WORDS.get(sentence.group(1));
            if (status != null) {
                named.add(status);
            }
        }
    }

    private static boolean speaksOfStatus(String field) {
        return AsciiCase.lower(field).contains("status");
    }
}
