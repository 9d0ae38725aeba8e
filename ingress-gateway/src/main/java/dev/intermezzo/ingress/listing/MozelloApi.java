package dev.intermezzo.ingress.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.partners.mozello.AppsApi;
import dev.intermezzo.partners.mozello.EncodedForm;
import dev.intermezzo.partners.mozello.PaymentSettings;
import dev.intermezzo.partners.mozello.SettingsReading;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.time.Duration;
import java.util.Locale;

/**
 * The two calls that the edge makes itself: whose order it is has to be known before anything about it can be published,
 * and Mozello wants the other one inside its own webhook. Both are bounded in time and size, and both may be repeated.
 *
 * <p>An order's settings are remembered for a moment: a form that is sent twice, or replayed a thousand times, costs Mozello
 * one question. Its limits for this call are not documented.
 */
public final class MozelloApi implements AutoCloseable {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 10_000;

    private final ListingSettings settings;
    private final OutboundHttp http;
    private final Cache<String, SettingsReading> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** @param http with the policy for addresses from outside; closed with this */
    public MozelloApi(ListingSettings settings, OutboundHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /** Whose order it is. Blocks for at most the deadline. */
    public SettingsReading settingsOf(String orderUuid, ListingKeys.ListingKey key) {
        String order = key.key().id() + ' ' + orderUuid.toLowerCase(Locale.ROOT);
        SettingsReading known = remembered.getIfPresent(order);
        if (known != null) {
            return known;
        }
        SettingsReading reading = ask(orderUuid, key);
        if (!(reading instanceof SettingsReading.Unavailable)) {
            remembered.put(order, reading);
        }
        return reading;
    }

    /** Marks the app as installed. Blocks for at most the deadline. */
    public AppsApi.Outcome installed(String authCode, ListingKeys.ListingKey key) {
        HttpCall call = HttpCall.post(
                        AppsApi.installed(settings.api(), settings.authCodeParameter(), authCode),
                        "application/json",
                        new byte[0])
                .withHeader("Authorization", AppsApi.authorization(key.text().reveal()))
                .withDeadline(settings.apiDeadline())
                .withMaxAnswerBytes(AppsApi.MAX_BODY_BYTES);
        return switch (http.send(call)) {
            case HttpResult.Answered answered -> AppsApi.read(answered.status(), answered.body());
            case HttpResult.NotSent notSent -> AppsApi.Outcome.UNAVAILABLE;
            case HttpResult.AnswerLost lost -> AppsApi.Outcome.UNAVAILABLE;
        };
    }

    @Override
    public void close() {
        http.close();
    }

    private SettingsReading ask(String orderUuid, ListingKeys.ListingKey key) {
        EncodedForm question = PaymentSettings.question(orderUuid, key.text().reveal());
        HttpCall call = HttpCall.post(
                        settings.api().resolve(PaymentSettings.PATH), question.contentType(), question.body())
                .withHeader("Accept", "application/json")
                .withDeadline(settings.apiDeadline())
                .withMaxAnswerBytes(PaymentSettings.MAX_BODY_BYTES);
        return switch (http.send(call)) {
            case HttpResult.Answered answered ->
                answered.truncated()
                        ? new SettingsReading.Unavailable("answer-too-long")
                        : PaymentSettings.read(answered.status(), answered.body());
            case HttpResult.NotSent notSent -> new SettingsReading.Unavailable(notSent.code());
            case HttpResult.AnswerLost lost -> new SettingsReading.Unavailable(lost.code());
        };
    }
}
