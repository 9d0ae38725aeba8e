package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.http.Proxies;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * Settings of the role {@code merchant-api}.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for a free one
 * @param maxInFlight requests served at once; more are answered 503
 * @param requestsPerSecond how often one key may ask, for each instance; more are answered 429
 * @param maxKeptRequests requests of 30 days that are remembered under their Idempotency-Key; beyond it new keys are answered
 *     503
 * @param answerWait how long a request waits for the payment's view, for being kept, and for its decision, each
 * @param stopWait how long a stop waits for the requests that are being served
 * @param proxies who may say from which address a request comes
 */
public record MerchantApiSettings(
        String host,
        int port,
        int maxInFlight,
        int requestsPerSecond,
        int maxKeptRequests,
        Duration answerWait,
        Duration stopWait,
        Proxies proxies) {

    /** Reads the keys {@code merchant-api.*}. */
    public static MerchantApiSettings read(SettingsReader settings) {
        return new MerchantApiSettings(
                settings.about("Address the merchant API listens on; put a proxy with TLS in front.")
                        .text("merchant-api.host", "127.0.0.1"),
                settings.about("Port the merchant API listens on; 0: any free one.")
                        .integer("merchant-api.port", 8100, 0, 65_535),
                settings.about("Requests served at once; more are answered 503.")
                        .integer("merchant-api.max-in-flight", 128, 1, 10_000),
                settings.about("How often one API key may ask each instance within a second; more are answered 429.")
                        .integer("merchant-api.requests-per-second", 20, 1, 10_000),
                settings.about(
                                "Requests of 30 days remembered under their Idempotency-Key, about 500 bytes each in every instance; beyond it new keys are answered 503.")
                        .integer("merchant-api.max-kept-requests", 1_000_000, 1, 100_000_000),
                settings.about(
                                "How long a request waits for the payment's view, for being kept, and for its decision, each.")
                        .duration(
                                "merchant-api.answer-wait",
                                Duration.ofSeconds(2),
                                Duration.ofMillis(10),
                                Duration.ofSeconds(10)),
                settings.about("How long a stop waits for the requests that are being served.")
                        .duration(
                                "merchant-api.stop-wait",
                                Duration.ofSeconds(10),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(20)),
                Proxies.read(
                        settings, "merchant-api", "It decides where a key that is bound to networks is used from."));
    }
}
