package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;

/** The JSON readers of this package: strict for our own files, bounded for what a partner sends. */
final class Json {

    /** Deeper nesting, longer numbers or longer names than these are no Cashier message. */
    private static final StreamReadConstraints PARTNER_BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .build();

    private Json() {}

    /** For our own files: every mistake is an error. */
    static ObjectMapper strictMapper() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(new SimpleModule().addDeserializer(Duration.class, new IsoDuration()))
                .build();
    }

    /** For what a partner sends; a number keeps its digits. */
    static JsonMapper partnerMapper(boolean refuseDuplicates) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(PARTNER_BOUNDS)
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, refuseDuplicates)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * The tree of what a partner sent; a missing node for an empty body.
     *
     * @throws IOException when the bytes are not JSON within the reader's bounds
     */
    static JsonNode tree(JsonMapper partnerMapper, byte[] body) throws IOException {
        try {
            return partnerMapper.readTree(body);
        } catch (NumberFormatException outOfRange) {
            // Jackson wraps every other failure: the exponent of 1e99999999999 is more than a BigDecimal can hold.
            throw new IOException("a number is out of range", outOfRange);
        }
    }

    /** The same content always as the same bytes: keys sorted, no white space. */
    static byte[] canonical(JsonNode tree) throws JsonProcessingException {
        ObjectMapper sorted = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        return sorted.writeValueAsBytes(sorted.treeToValue(tree, Object.class));
    }

    private static final class IsoDuration extends StdDeserializer<Duration> {

        private static final long serialVersionUID = 1L;

        IsoDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            try {
                return Duration.parse(text);
            } catch (DateTimeException malformed) {
                return (Duration) context.handleWeirdStringValue(Duration.class, text, "not an ISO 8601 duration");
            }
        }
    }
}
