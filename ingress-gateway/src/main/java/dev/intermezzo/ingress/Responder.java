package dev.intermezzo.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.RefusalPages;
import dev.intermezzo.ingress.pages.Texts;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Turns replies into bytes and headers; the only place that writes an answer. */
final class Responder {

    private static final String A_YEAR = "public, max-age=31536000, immutable";

    private static final JsonMapper JSON = new JsonMapper();

    private final RefusalPages refusals;
    private final String policy;
    private final boolean https;

    /** @param styleSource the style that our pages bring, as a policy names it */
    Responder(RefusalPages refusals, String styleSource, boolean https) {
        this.refusals = refusals;
        this.policy = policy(styleSource);
        this.https = https;
    }

    /**
     * Our own style, script and forms, nothing else, in nobody's frame. Forms of ours end on pages of ours: browsers apply
     * {@code form-action} to redirects too, so the way to a provider leads over a page.
     */
    private static String policy(String styleSource) {
        return "default-src 'none'; style-src " + styleSource + "; script-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    void answer(Context context, Reply reply) {
        security(context);
        reply.cookies().forEach(cookie -> context.res().addHeader("Set-Cookie", cookie));
        switch (reply) {
            case Reply.Page page -> html(context, page.status(), page.html());
            case Reply.SeeOther there -> context.status(303).header("Location", there.address());
            case Reply.Json json ->
                context.status(json.status()).contentType("application/json").result(json.body());
            case Reply.Asset asset ->
                context.header("Cache-Control", A_YEAR)
                        .contentType(asset.contentType())
                        .result(asset.body());
            case Reply.Empty empty -> context.status(empty.status());
            case Reply.Refused refused -> refuse(context, refused);
        }
    }

    private void refuse(Context context, Reply.Refused refused) {
        Refusal refusal = refused.refusal();
        refusal.retryAfter().ifPresent(time -> context.header("Retry-After", Long.toString(time.toSeconds())));
        EdgeRequest request = new EdgeRequest(context);
        Texts texts = Texts.in(refused.place()
                .flatMap(place -> Texts.supported(place.language()))
                .or(() -> request.language(Texts::supported))
                .orElse(Texts.LANGUAGES.getFirst()));
        if (request.wantsPage()) {
            html(context, refusal.status(), refusals.page(texts, refused));
        } else {
            context.status(refusal.status())
                    .contentType("application/problem+json")
                    .result(problem(texts, refusal));
        }
    }

    /** RFC 9457. The type is a name, not an address: there is nothing to fetch. */
    private static byte[] problem(Texts texts, Refusal refusal) {
        ObjectNode problem = JSON.createObjectNode();
        problem.put("type", "urn:intermezzo:problem:" + refusal.code());
        problem.put("title", texts.of(refusal.textKey()));
        problem.put("status", refusal.status());
        problem.put("code", refusal.code());
        if (!refusal.detail().isEmpty()) {
            problem.put("detail", refusal.detail());
        }
        try {
            return JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain texts can always be written", e);
        }
    }

    private void html(Context context, int status, String html) {
        context.status(status)
                .contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", policy)
                .result(html.getBytes(StandardCharsets.UTF_8));
    }

    private void security(Context context) {
        context.header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
        if (https) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
