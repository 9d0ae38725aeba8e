package dev.intermezzo.ingress.verification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.webhook.WebhookGate;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.runtime.metrics.Tally;
import dev.intermezzo.schemas.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozarto/{account}/users/{webhookToken}}: Mozarto hands back the session token that a request of ours carried,
 * and asks who that is (Mozarto Cashier API, user verification). The address is that of an account's webhooks in another
 * place, and as secret.
 *
 * <p>Everything that is needed stands in the token, so nothing is looked up and Kafka may be away. Answered 200 with the
 * buyer's documented fields; 401 when the token is not one of ours for this account in its time; 403 when it is, and the body
 * names another user.
 */
public final class UserVerificationHandler implements EdgeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(UserVerificationHandler.class);

    /** The documented body names one user; more is no question of Mozarto's. */
    private static final int MAX_BODY_BYTES = 4 * 1024;

    private static final String BEARER = "Bearer ";
    /** Our header's value has the word already; whether Mozarto puts another one before it is not documented. */
    private static final int MOST_BEARERS = 2;

    private static final int DEEPEST = 16;
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build());

    private final WebhookGate gate;
    private final SessionTokens sessions;
    private final VerifiedUserShape shape;
    private final InstantSource clock;
    private final Tally<Outcome> outcomes = new Tally<>(Outcome.class);

    /** What came of a question. */
    private enum Outcome {
        VERIFIED,
        /** The address is no valid one of an account. */
        ADDRESS_UNKNOWN,
        TOKEN_MISSING,
        TOKEN_INVALID,
        TOKEN_EXPIRED,
        /** A valid token, and the body names somebody else. */
        USER_DIFFERS,
        BODY_TOO_LARGE
    }

    public UserVerificationHandler(
            WebhookGate gate, SessionTokens sessions, VerifiedUserShape shape, InstantSource clock) {
        this.gate = gate;
        this.sessions = sessions;
        this.shape = shape;
        this.clock = clock;
    }

    /** Registers what came of questions. */
    public void measure(MeterRegistry meters) {
        outcomes.bind(
                meters,
                "intermezzo.ingress.user.verifications",
                "Questions of Mozarto's who a session token belongs to, by what was answered",
                "outcome");
    }

    @Override
    public Reply handle(EdgeRequest request) {
        String account = request.path("account");
        if (!Ids.NAME.matcher(account).matches() || !gate.knows(account, request.path("webhookToken"))) {
            return refused("unknown", Outcome.ADDRESS_UNKNOWN);
        }
        Optional<byte[]> body = request.body(MAX_BODY_BYTES);
        if (body.isEmpty()) {
            outcomes.count(Outcome.BODY_TOO_LARGE);
            return new Reply.Refused(Refusal.of(413, "body-too-large", "error.too-large"));
        }
        Optional<String> token = request.header("Authorization").map(UserVerificationHandler::bare);
        if (token.filter(text -> !text.isEmpty()).isEmpty()) {
            return refused(account, Outcome.TOKEN_MISSING);
        }
        return switch (sessions.read(account, token.get(), clock.instant())) {
            case SessionTokens.Reading.Valid valid -> verified(account, valid.user(), asked(body.get()));
            case SessionTokens.Reading.Expired expired -> refused(account, Outcome.TOKEN_EXPIRED);
            case SessionTokens.Reading.Invalid invalid -> refused(account, Outcome.TOKEN_INVALID);
        };
    }

    private Reply verified(String account, SequencedMap<String, String> user, Optional<String> asked) {
        if (asked.isPresent() && !asked.get().equals(user.get("userId"))) {
            count(account, Outcome.USER_DIFFERS);
            return new Reply.Refused(Refusal.of(403, "user-differs", "error.not-found"));
        }
        count(account, Outcome.VERIFIED);
        return new Reply.Json(200, described(user), List.of());
    }

    private Reply refused(String account, Outcome why) {
        count(account, why);
        return new Reply.Refused(Refusal.of(401, "user-not-verified", "error.not-found"));
    }

    /** Nothing of the buyer: neither token nor user id. */
    private void count(String account, Outcome outcome) {
        outcomes.count(outcome);
        LOG.atInfo()
                .addKeyValue("account", account)
                .addKeyValue("outcome", outcome)
                .log("a buyer's session was asked for");
    }

    private static String bare(String header) {
        String token = header.strip();
        for (int i = 0; i < MOST_BEARERS && token.regionMatches(true, 0, BEARER, 0, BEARER.length()); i++) {
            token = token.substring(BEARER.length()).strip();
        }
        return token;
    }

    /**
     * The user whom the body names, as text: a number in the only example, a text everywhere else. Empty where it names none,
     * also when it cannot be read: the token proves who it is. What is neither text nor number is nobody's user id.
     */
    private static Optional<String> asked(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body))
                    .map(tree -> tree.path("userId"))
                    .filter(user -> !user.isMissingNode() && !user.isNull())
                    .map(user -> user.isValueNode() ? user.asText() : user.toString());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private String described(SequencedMap<String, String> user) {
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode fields = switch (shape) {
            case FLAT -> answer;
            case DATA -> answer.put("status", "success").put("isSuccess", true).putObject("data");
        };
        user.forEach(fields::put);
        return text(answer);
    }

    private static String text(JsonNode answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain texts can always be written", e);
        }
    }
}
