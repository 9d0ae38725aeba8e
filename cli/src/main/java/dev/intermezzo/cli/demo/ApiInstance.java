package dev.intermezzo.cli.demo;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * One more instance of an installation's merchant API, in this process and on loopback: it needs Kafka and no key, so whoever
 * reaches the brokers can run it beside those there are.
 */
final class ApiInstance implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);

    private final MerchantApiService service;

    private ApiInstance(MerchantApiService service) {
        this.service = service;
    }

    /** @throws CommandFailure {@code not-ready} when it does not become ready in 60 s */
    static ApiInstance start(KafkaSettings kafka) throws InterruptedException {
        MerchantApiService service = new MerchantApiService(
                MerchantApiSettings.read(new SettingsReader(SettingsSource.of(Map.of("merchant-api.port", "0")))),
                kafka,
                InstantSource.system());
        boolean ready = false;
        try {
            service.start();
            ready = Patience.until(READY, service::ready);
        } finally {
            if (!ready) {
                service.close();
            }
        }
        if (!ready) {
            throw new CommandFailure(
                    "not-ready", "The merchant API did not become ready. " + service.notReadyBecause());
        }
        return new ApiInstance(service);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    @Override
    public void close() {
        service.close();
    }
}
