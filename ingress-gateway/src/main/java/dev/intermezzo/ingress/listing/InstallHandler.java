package dev.intermezzo.ingress.listing;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.listing.ListingKeys.ListingKey;
import dev.intermezzo.partners.mozello.InstallWebhook;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.partners.mozello.WebhookHash;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.schemas.avro.Integration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozello/install} and {@code POST /mozello/settings}: a site's owner has begun to use our public listing, or
 * has changed its fields.
 *
 * <p>Only a bad hash (401) and size (413) are refused. A webhook with a connection's own secret marks that connection as
 * installed, anew when it was before; any other one waits for an operator as a dead letter. Either is durable before the answer is 200. Mozello
 * repeats what is answered otherwise, which is harmless.
 */
public final class InstallHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InstallHandler.class);

    /** Not covered by the hash: shown in the log, never trusted. */
    private static final String ALIAS_HEADER = "X-Mozello-Alias";

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9._-]{1,63}");

    private final ListingKeys keys;
    private final Connections connections;
    private final InstallRecords records;
    private final MozelloApi api;
    private final Duration deadline;

    /** @param deadline within which Kafka has to take what came */
    public InstallHandler(
            ListingKeys keys, Connections connections, InstallRecords records, MozelloApi api, Duration deadline) {
        this.keys = keys;
        this.connections = connections;
        this.records = records;
        this.api = api;
        this.deadline = deadline;
    }

    /** Which of the two came; the name is what records and logs call it. */
    private enum Event {
        INSTALL("install"),
        SETTINGS("settings");

        private final String word;

        Event(String word) {
            this.word = word;
        }
    }

    /** Serves {@code /mozello/install}. */
    public EdgeHandler install() {
        return request -> handle(request, Event.INSTALL);
    }

    /** Serves {@code /mozello/settings}. */
    public EdgeHandler settings() {
        return request -> handle(request, Event.SETTINGS);
    }

    private Reply handle(EdgeRequest request, Event event) {
        Optional<byte[]> body = request.body(InstallWebhook.MAX_BODY_BYTES);
        if (body.isEmpty()) {
            return new Reply.Refused(Refusal.of(413, "body-too-large", "error.too-large"));
        }
        List<ListingKey> valid = keys.valid();
        SignatureVerdict verdict = WebhookHash.verify(
                body.get(),
                request.header(WebhookHash.HEADER).orElse(null),
                valid.stream().map(ListingKey::key).toList());
        return switch (verdict) {
            case SignatureVerdict.Invalid invalid -> {
                LOG.atWarn()
                        .addKeyValue("event", event.word)
                        .addKeyValue("code", invalid.code())
                        .log("an install webhook with a wrong hash was refused");
                yield new Reply.Refused(Refusal.of(401, "webhook-unauthenticated", "error.not-found"));
            }
            case SignatureVerdict.Valid signed ->
                valid.stream()
                        .filter(key -> key.key().id().equals(signed.keyId()))
                        .findFirst()
                        .map(key -> authentic(body.get(), event, key, alias(request)))
                        .orElseThrow();
        };
    }

    private Reply authentic(byte[] body, Event event, ListingKey key, String alias) {
        Optional<InstallWebhook> webhook = InstallWebhook.read(body);
        if (!durable(body, webhook, event, key, alias)) {
            LOG.atError().addKeyValue("event", event.word).log("an install webhook is not durable, answered 503");
            return new Reply.Refused(Refusal.later("not-durable"));
        }
        Optional<String> authCode =
                event == Event.INSTALL ? webhook.flatMap(InstallWebhook::authCode) : Optional.empty();
        return authCode.map(code -> marked(code, key)).orElseGet(() -> new Reply.Empty(200));
    }

    private boolean durable(byte[] body, Optional<InstallWebhook> webhook, Event event, ListingKey key, String alias) {
        Deadline until = Deadline.in(deadline);
        if (webhook.isEmpty()) {
            return records.bury(body, event.word, "webhook-unreadable", "An install webhook is no JSON object.", until);
        }
        Optional<Versioned<Integration>> named = connections.named(webhook.get().fields(), key.environment());
        if (named.isEmpty()) {
            return records.bury(body, event.word, "connection-refused", "No connection has this id and secret.", until);
        }
        String connection = named.get().id();
        Connections.State state = connections.stateOf(connection);
        LOG.atInfo()
                .addKeyValue("event", event.word)
                .addKeyValue("connection", connection)
                .addKeyValue("state", state)
                .addKeyValue("alias", alias)
                .log("install webhook");
        return switch (state) {
            case CONNECTED -> records.keep(body, named.get(), event.word, until);
            case AWAITED -> records.install(body, named.get(), event.word, until);
            case DISCONNECTED ->
                records.bury(
                        body,
                        event.word,
                        "connection-disconnected",
                        "An operator has disconnected " + connection + "; 'merchants connect' lifts that.",
                        until);
        };
    }

    /** Mozello takes the mark only while its webhook waits, so what passes is left to its next try. */
    private Reply marked(String authCode, ListingKey key) {
        return switch (api.installed(authCode, key)) {
            case DONE -> new Reply.Empty(200);
            case REFUSED -> {
                LOG.atError().log("Mozello refused to mark the app as installed; the same webhook would be again");
                yield new Reply.Empty(200);
            }
            case UNAVAILABLE -> {
                LOG.atWarn().log("the app could not be marked as installed; the webhook is to come again");
                yield new Reply.Refused(Refusal.later("apps-api-unavailable"));
            }
        };
    }

    private static String alias(EdgeRequest request) {
        return request.header(ALIAS_HEADER)
                .filter(alias -> ALIAS.matcher(alias).matches())
                .orElse("");
    }
}
