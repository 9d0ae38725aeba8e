package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What a shop's server answers to a notification: an input is {@code Retry-After} in its first line, and the body. */
class NotifyAnswerFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(NotifyAnswerFuzzTest.class, "mozello-notify-answer");
    /** Refuses a field that stands twice: it has no one meaning, so nothing is asked about it. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, NotifyAnswerFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), NotifyAnswerFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "\"error\":",
                        "\"status\":",
                        "\"paid\"",
                        "failed",
                        "pending",
                        "status is ",
                        "approved",
                        "GMT",
                        "1e999",
                        "{\"error\":true,",
                        "Feb 2026"))
                .arbitrary();
    }

    private static void holds(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int line = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
        String retryAfter = text.substring(0, line);
        byte[] body = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
        for (int status : List.of(200, 204, 302, 400, 409, 422, 404, 429, 500)) {
            for (boolean checkPending : List.of(true, false)) {
                holds(status, body, checkPending, NotifyAnswer.read(status, body, checkPending, retryAfter, NOW));
            }
        }
    }

    private static void holds(int status, byte[] body, boolean checkPending, NotifyReading reading) {
        Optional<Boolean> error = whollyRead(body).flatMap(NotifyAnswerFuzzTest::saysError);
        switch (reading) {
            case NotifyReading.Delivered delivered -> {
                assertThat(status).isBetween(200, 299);
                assertThat(error).isNotEqualTo(Optional.of(true));
            }
            case NotifyReading.RefusedByCheckPending refused -> {
                assertThat(checkPending).isTrue();
                assertThat(error).isNotEqualTo(Optional.of(false));
            }
            case NotifyReading.ErrorUnreadable unreadable -> {
                assertThat(status).isIn(200, 204, 400, 409, 422);
                assertThat(error).isNotEqualTo(Optional.of(false));
            }
            case NotifyReading.TemporaryFailure failure -> {
                assertThat(failure.code()).isEqualTo("http-" + status);
                failure.retryAfter().ifPresent(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ZERO));
            }
        }
    }

    /** The body as another reader sees it, where it is whole and short enough to be seen alike. */
    private static Optional<JsonNode> whollyRead(byte[] body) {
        try {
            boolean cut = body.length > NotifyAnswer.MAX_BODY_BYTES;
            JsonNode tree = cut ? null : JSON.readTree(body);
            return tree != null && tree.isObject() && depth(tree) < 30 ? Optional.of(tree) : Optional.empty();
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return deepest + 1;
    }

    /** Empty where the field is neither true nor false nor absent: what it means then is the reader's own choice. */
    private static Optional<Boolean> saysError(JsonNode tree) {
        JsonNode error = tree.path("error");
        return error.isBoolean() || error.isMissingNode() ? Optional.of(error.asBoolean(false)) : Optional.empty();
    }
}
