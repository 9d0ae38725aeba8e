package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths with escapes that cannot be read are the sender's fault, at every server of this module. */
@ExtendWith(World.Shared.class)
class MalformedPathTest {

    private final World world;

    MalformedPathTest(World world) {
        this.world = world;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pay/%u0041", "/pay/%u0041/state", "/return/%uD800"})
    void the_edge_refuses_them(String path) {
        assertRefused(new RawEdge(world.edge.port()), path, "request-refused");
    }

    @Test
    void the_merchant_api_refuses_them_and_goes_on() {
        MerchantApiService api = new MerchantApiService(
                MerchantApiSettings.read(new SettingsReader(SettingsSource.of(Map.of("merchant-api.port", "0")))),
                world.kafka,
                InstantSource.system());
        try {
            api.start();
            await().atMost(Duration.ofSeconds(30)).until(api::ready);
            RawEdge raw = new RawEdge(api.port());

            assertRefused(raw, "/api/v1/payments/%u0041", "request-refused");
            assertThat(raw.exchange(RawEdge.get("/api/v1/openapi.json", ""))).startsWith("HTTP/1.1 200");
            assertThat(raw.exchange(RawEdge.get("/api/v1/payments/x", ""))).startsWith("HTTP/1.1 401");
            String posted = raw.exchange(RawEdge.post("/api/v1/openapi.json", "text/plain", new byte[0]));
            assertThat(posted).startsWith("HTTP/1.1 405");
            assertThat(RawEdge.header(posted, "Allow")).contains("GET");
        } finally {
            api.close();
        }
    }

    private static void assertRefused(RawEdge server, String path, String code) {
        String answer = server.faultless(("GET " + path + " HTTP/1.1\r\nHost: edge\r\nAccept: application/json\r\n"
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(answer).startsWith("HTTP/1.1 400").contains(code);
    }
}
