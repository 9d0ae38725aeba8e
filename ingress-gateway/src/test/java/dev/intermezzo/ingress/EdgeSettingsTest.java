package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.ingress.EdgeSettings.Limits;
import dev.intermezzo.ingress.EdgeSettings.Stop;
import dev.intermezzo.ingress.http.Proxies;
import dev.intermezzo.ingress.listing.ListingSettings;
import dev.intermezzo.ingress.spool.SpoolSettings;
import dev.intermezzo.ingress.verification.VerifiedUserShape;
import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeSettingsTest {

    private static EdgeSettings read(Map<String, String> values) {
        SettingsReader reader = new SettingsReader(SettingsSource.of(values));
        EdgeSettings settings = EdgeSettings.read(reader);
        reader.throwIfAny();
        return settings;
    }

    @Test
    void the_defaults_listen_on_loopback_and_follow_the_partners_times() {
        assertThat(read(Map.of()))
                .isEqualTo(new EdgeSettings(
                        "127.0.0.1",
                        8080,
                        URI.create("http://127.0.0.1:8080"),
                        false,
                        Duration.ofMillis(1_800),
                        Duration.ofMillis(1_500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(8),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(25),
                        Duration.ofDays(3),
                        new Limits(512, 256, 512, 10_000, 20_000, 10),
                        new Stop(Duration.ZERO, Duration.ofSeconds(10)),
                        new SpoolSettings(Path.of("data", "webhook-spool"), 256 << 20, 200_000),
                        new ListingSettings(
                                URI.create("https://api.mozello.com/v1/"), Duration.ofSeconds(3), "authCode", 128),
                        VerifiedUserShape.FLAT,
                        Proxies.NONE,
                        List.of()));
    }

    @Test
    void every_key_is_read() {
        assertThat(read(Map.ofEntries(
                        Map.entry("ingress.host", "0.0.0.0"),
                        Map.entry("ingress.port", "9000"),
                        Map.entry("ingress.public-url", "https://pay.example.com"),
                        Map.entry("sandbox.loopback", "true"),
                        Map.entry("ingress.checkout-deadline", "3s"),
                        Map.entry("ingress.view-wait", "2s"),
                        Map.entry("ingress.webhook-deadline", "4s"),
                        Map.entry("ingress.most-behind", "12s"),
                        Map.entry("ingress.answer-within", "700ms"),
                        Map.entry("ingress.long-poll", "5s"),
                        Map.entry("ingress.page-lifetime", "7d"),
                        Map.entry("ingress.max-in-flight", "1"),
                        Map.entry("ingress.max-webhooks", "2"),
                        Map.entry("ingress.max-polls", "3"),
                        Map.entry("ingress.max-turned-away", "4"),
                        Map.entry("ingress.max-connections", "5"),
                        Map.entry("ingress.max-voucher-tries", "11"),
                        Map.entry("ingress.stop-notice", "6s"),
                        Map.entry("ingress.stop-wait", "7s"),
                        Map.entry("mozello.api", "https://api.example.com/v2/"),
                        Map.entry("mozello.api-deadline", "8s"),
                        Map.entry("mozello.auth-code-parameter", "authcode"),
                        Map.entry("ingress.max-public-checkouts", "10"),
                        Map.entry("ingress.verified-user", "data"),
                        Map.entry("webhook.spool.dir", "/var/spool/webhooks"),
                        Map.entry("webhook.spool.max-bytes", "8MiB"),
                        Map.entry("webhook.spool.max-records", "9"),
                        Map.entry("ingress.address-header", "X-Forwarded-For"),
                        Map.entry("ingress.trusted-proxies", "10.0.0.0/8, 2001:db8::7"),
                        Map.entry("ingress.webhook-networks", "192.0.2.0/24"))))
                .isEqualTo(new EdgeSettings(
                        "0.0.0.0",
                        9000,
                        URI.create("https://pay.example.com"),
                        true,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(12),
                        Duration.ofMillis(700),
                        Duration.ofSeconds(5),
                        Duration.ofDays(7),
                        new Limits(1, 4, 2, 3, 5, 11),
                        new Stop(Duration.ofSeconds(6), Duration.ofSeconds(7)),
                        new SpoolSettings(Path.of("/var/spool/webhooks"), 8 << 20, 9),
                        new ListingSettings(
                                URI.create("https://api.example.com/v2/"), Duration.ofSeconds(8), "authcode", 10),
                        VerifiedUserShape.DATA,
                        new Proxies(
                                Optional.of("X-Forwarded-For"), List.of(network("10.0.0.0/8"), network("2001:db8::7"))),
                        List.of(network("192.0.2.0/24"))));
    }

    @ParameterizedTest
    @CsvSource({"ingress.address-header, X-Forwarded-For", "ingress.trusted-proxies, 10.0.0.0/8"})
    void a_header_without_the_proxies_that_set_it_is_no_setting_and_neither_are_proxies_without_a_header(
            String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ingress.address-header (INTERMEZZO_INGRESS_ADDRESS_HEADER) and "
                        + "ingress.trusted-proxies (INTERMEZZO_INGRESS_TRUSTED_PROXIES) need each other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cashier.example.com", "192.0.2.7/24", "192.0.2.0/24,", "192.0.2.0/33"})
    void networks_of_webhooks_that_cannot_be_read_stop_the_start(String networks) {
        assertThatThrownBy(() -> read(Map.of("ingress.webhook-networks", networks)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ingress.webhook-networks (INTERMEZZO_INGRESS_WEBHOOK_NETWORKS)");
    }

    @Test
    void the_global_key_never_travels_over_plain_http_beyond_this_machine() {
        assertThatThrownBy(() -> read(Map.of("mozello.api", "http://api.mozello.com/v1/")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("mozello.api must be https");
        assertThatThrownBy(() -> read(Map.of("mozello.api", "https://api.mozello.com/v1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("end with a slash");
    }

    @Test
    void cookies_never_travel_over_plain_http_beyond_this_machine() {
        assertThatThrownBy(() -> read(Map.of("ingress.public-url", "http://pay.example.com")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be https");
        assertThat(read(Map.of("ingress.public-url", "http://localhost:1")).https())
                .isFalse();
    }

    private static Network network(String text) {
        return ((Network.Reading.Read) Network.read(text)).network();
    }
}
