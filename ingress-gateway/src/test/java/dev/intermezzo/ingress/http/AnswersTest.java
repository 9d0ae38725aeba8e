package dev.intermezzo.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Answers answers = new Answers();

    @Test
    void a_request_counts_as_what_was_asked_for_and_how_it_was_answered() {
        answers.bind(meters);

        answers.count("/mozello/{integration}/checkout", 303);
        answers.count("/mozarto/{account}/webhooks/{webhookToken}", 200);
        answers.count("/mozarto/{account}/webhooks/{webhookToken}", 401);
        answers.count("/mozello/{integration}/notifications", 413);
        answers.count("/mozarto/{account}/users/{webhookToken}", 200);
        answers.count("/pay/{token}", 503);
        answers.count("unmatched", 404);

        assertThat(count("checkout", "redirected")).isEqualTo(1);
        assertThat(count("webhook", "ok")).isEqualTo(1);
        assertThat(count("webhook", "refused")).isEqualTo(2);
        assertThat(count("verification", "ok")).isEqualTo(1);
        assertThat(count("page", "failed")).isEqualTo(1);
        assertThat(count("other", "refused")).isEqualTo(1);
        assertThat(count("return", "ok")).isZero();
    }

    private double count(String kind, String answer) {
        return meters.get("intermezzo.ingress.requests")
                .tags("kind", kind, "answer", answer)
                .functionCounter()
                .count();
    }
}
