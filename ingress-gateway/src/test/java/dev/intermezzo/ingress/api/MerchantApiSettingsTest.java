package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.ingress.http.Proxies;
import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerchantApiSettingsTest {

    @Test
    void the_defaults() {
        assertThat(read(Map.of()))
                .isEqualTo(new MerchantApiSettings(
                        "127.0.0.1",
                        8100,
                        128,
                        20,
                        1_000_000,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Proxies.NONE));
    }

    @Test
    void every_key_is_read() {
        assertThat(read(Map.of(
                        "merchant-api.host", "0.0.0.0",
                        "merchant-api.port", "9000",
                        "merchant-api.max-in-flight", "1",
                        "merchant-api.requests-per-second", "2",
                        "merchant-api.max-kept-requests", "3",
                        "merchant-api.answer-wait", "3s",
                        "merchant-api.stop-wait", "4s",
                        "merchant-api.address-header", "X-Forwarded-For",
                        "merchant-api.trusted-proxies", "10.0.0.0/8, 2001:db8::7")))
                .isEqualTo(new MerchantApiSettings(
                        "0.0.0.0",
                        9000,
                        1,
                        2,
                        3,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        new Proxies(
                                Optional.of("X-Forwarded-For"),
                                List.of(network("10.0.0.0/8"), network("2001:db8::7")))));
    }

    @ParameterizedTest
    @CsvSource({"merchant-api.address-header, X-Forwarded-For", "merchant-api.trusted-proxies, 10.0.0.0/8"})
    void a_header_without_the_proxies_that_set_it_is_no_setting_and_neither_are_proxies_without_a_header(
            String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("need each other");
    }

    private static MerchantApiSettings read(Map<String, String> settings) {
        SettingsReader reader = new SettingsReader(SettingsSource.of(settings));
        MerchantApiSettings read = MerchantApiSettings.read(reader);
        reader.throwIfAny();
        return read;
    }

    private static Network network(String text) {
        return ((Network.Reading.Read) Network.read(text)).network();
    }
}
