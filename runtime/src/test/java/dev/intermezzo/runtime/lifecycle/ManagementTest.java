package dev.intermezzo.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementTest {
    private final TestingStage stage = new TestingStage();
    private final Management management = new Management(new ManagementSettings("127.0.0.1", 0), List.of(stage));

    @BeforeEach
    void start() {
        management.start();
    }

    @AfterEach
    void stop() {
        management.close();
    }

    @Test
    void it_is_ready_when_every_stage_is_and_else_says_why() throws Exception {
        HttpResponse<String> waiting = get("/ready");
        stage.problem = "";
        HttpResponse<String> ready = get("/ready");

        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(waiting.body())
                .isEqualTo("{\"ready\":false,\"problems\":[\"TestingStage: Still reading \\\"merchants\\\".\"]}");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"ready\":true,\"problems\":[]}");
    }

    @Test
    void a_stage_that_waits_is_alive_and_one_that_failed_for_good_is_not() throws Exception {
        assertThat(get("/live").statusCode()).isEqualTo(200);

        stage.alive = false;

        assertThat(get("/live").statusCode()).isEqualTo(503);
    }

    @Test
    void metrics_are_prometheus_text_and_hold_what_stages_register() throws Exception {
        management.registry().counter("intermezzo.tests").increment();

        HttpResponse<String> metrics = get("/metrics");

        assertThat(metrics.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(metrics.body()).contains("intermezzo_tests_total 1.0", "jvm_memory_used_bytes");
    }

    @Test
    void other_paths_are_not_found_and_other_methods_not_allowed() throws Exception {
        assertThat(get("/live/x").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri("/ready"))
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_busy_port_is_named() {
        ManagementSettings same = new ManagementSettings("127.0.0.1", management.port());

        assertThatThrownBy(() -> new Management(same, List.of()))
                .hasMessage("The management endpoint cannot listen on 127.0.0.1:" + management.port());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + management.port() + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static final class TestingStage implements Stage {
        private volatile String problem = "Still reading \"merchants\".";
        private volatile boolean alive = true;

        @Override
        public void start() {}

        @Override
        public boolean ready() {
            return problem.isEmpty();
        }

        @Override
        public String notReadyBecause() {
            return problem;
        }

        @Override
        public boolean alive() {
            return alive;
        }

        @Override
        public void close() {}
    }
}
