package dev.intermezzo.sandbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BalancerTest {

    @Test
    void connections_go_to_every_instance_in_turn() throws Exception {
        // Given
        try (LoopbackServer one = instance("one");
                LoopbackServer two = instance("two");
                Balancer balancer = Balancer.start(0, () -> List.of(port(one), port(two)))) {
            // When
            Set<String> answered = new TreeSet<>();
            for (int times = 0; times < 4; times++) {
                answered.add(ask(balancer));
            }

            // Then
            assertThat(answered).containsExactly("one", "two");
        }
    }

    @Test
    void an_instance_that_refuses_is_passed_over() throws Exception {
        // Given
        int gone;
        try (LoopbackServer former = instance("gone")) {
            gone = port(former);
        }
        try (LoopbackServer two = instance("two");
                Balancer balancer = Balancer.start(0, () -> List.of(gone, port(two)))) {
            // When / Then
            for (int times = 0; times < 4; times++) {
                assertThat(ask(balancer)).isEqualTo("two");
            }
        }
    }

    @Test
    void without_any_instance_the_connection_ends() {
        try (Balancer balancer = Balancer.start(0, List::of)) {
            assertThatThrownBy(() -> ask(balancer)).isInstanceOf(IOException.class);
        }
    }

    private static LoopbackServer instance(String name) {
        return LoopbackServer.start(0, routes -> routes.config().get("/", context -> context.result(name)));
    }

    private static int port(LoopbackServer server) {
        return server.base().getPort();
    }

    /** On a connection of its own. */
    private static String ask(Balancer balancer) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + balancer.port() + "/"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
