package dev.intermezzo.ingress.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.partners.money.AmountReading;
import dev.intermezzo.partners.money.Amounts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;

/**
 * The body of a request for a refund: exactly {@code amount}, {@code currency} and {@code reason}, each a text. A number is
 * refused where money is meant: many writers of JSON make 0.1 + 0.2 of it.
 */
record RefundBody(Money amount, String reason) {

    /** Far above any body that can be valid. */
    static final int MOST_BYTES = 4 * 1024;

    static final int LONGEST_REASON = 200;

    private static final List<String> FIELDS = List.of("amount", "currency", "reason");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What became of reading one. */
    sealed interface Reading {
        record Read(RefundBody body) implements Reading {}

        /** @param detail what is wrong; names fields and never repeats a value */
        record Unreadable(String detail) implements Reading {}
    }

    /** Reads it; every body that is not exactly right is refused. */
    static Reading read(byte[] bytes) {
        JsonNode body;
        try {
            body = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new Reading.Unreadable("The body is not UTF-8.");
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable("The body is not one JSON object with each field once.");
        }
        return notTheFields(body).<Reading>map(Reading.Unreadable::new).orElseGet(() -> of(body));
    }

    private static Optional<String> notTheFields(JsonNode body) {
        if (!body.isObject()) {
            return Optional.of("The body is not a JSON object.");
        }
        Set<String> given = new TreeSet<>();
        body.fieldNames().forEachRemaining(given::add);
        if (!given.equals(new TreeSet<>(FIELDS))) {
            return Optional.of("The body has exactly the fields amount, currency and reason.");
        }
        return FIELDS.stream()
                .filter(field -> !body.path(field).isTextual())
                .findFirst()
                .map(field -> "The field " + field + " is a text in quotation marks.");
    }

    private static Reading of(JsonNode body) {
        String reason = body.path("reason").textValue();
        if (reason.isBlank()
                || reason.codePointCount(0, reason.length()) > LONGEST_REASON
                || reason.codePoints().anyMatch(Character::isISOControl)) {
            return new Reading.Unreadable(
                    "The field reason has 1 to 200 characters, none of them a control character.");
        }
        return switch (Amounts.parse(
                body.path("amount").textValue(), body.path("currency").textValue())) {
            case AmountReading.Valid valid -> new Reading.Read(new RefundBody(valid.money(), reason));
            case AmountReading.Refused refused -> new Reading.Unreadable(refused.sentence());
        };
    }
}
