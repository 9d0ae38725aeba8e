package dev.intermezzo.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.http.HttpResult.AnswerLost;
import dev.intermezzo.runtime.http.HttpResult.Answered;
import dev.intermezzo.runtime.http.HttpResult.NotSent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundHttpTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final HttpSettings SETTINGS =
            new HttpSettings(Duration.ofSeconds(2), Duration.ofMillis(500), 20, 10);

    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void an_answer_comes_back_with_status_headers_and_body() {
        try (RawServer server = RawServer.start(RawServer.says("201 Created\r\nX-One: a\r\nX-One: b", "{\"ok\":1}"))) {
            HttpResult result = http.send(
                    HttpCall.postJson(server.uri("/cashier"), "{\"a\":1}").withHeader("Authorization", "Bearer t"));

            assertThat(result).asInstanceOf(type(Answered.class)).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(201);
                assertThat(new String(answer.body(), UTF_8)).isEqualTo("{\"ok\":1}");
                assertThat(answer.headers()).containsEntry("x-one", "a, b");
                assertThat(answer.truncated()).isFalse();
            });
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request)
                            .startsWith("POST /cashier HTTP/1.1\r\n")
                            .contains("Authorization: Bearer t\r\n", "Content-Type: application/json\r\n")
                            .doesNotContainIgnoringCase("upgrade:")
                            .doesNotContainIgnoringCase("accept-encoding:")
                            .endsWith("\r\n\r\n{\"a\":1}"));
        }
    }

    @Test
    void a_post_answered_503_is_sent_once() {
        try (RawServer server = RawServer.start(RawServer.says("503 Busy\r\nRetry-After: 0", ""))) {
            HttpResult result = http.send(HttpCall.postJson(server.uri("/"), "{}"));

            assertThat(result).asInstanceOf(type(Answered.class)).returns(503, Answered::status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_get_answered_429_is_sent_once() {
        try (RawServer server = RawServer.start(RawServer.says("429 Slow\r\nRetry-After: 0", ""))) {
            assertThat(http.send(HttpCall.get(server.uri("/"))))
                    .asInstanceOf(type(Answered.class))
                    .returns(429, Answered::status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() {
        try (RawServer elsewhere = RawServer.start(RawServer.says("200 OK", ""));
                RawServer server =
                        RawServer.start(RawServer.says("307 Over there\r\nLocation: " + elsewhere.uri("/"), ""))) {
            HttpResult result = http.send(HttpCall.postJson(server.uri("/"), "{}"));

            assertThat(result).asInstanceOf(type(Answered.class)).returns(307, Answered::status);
            assertThat(server.requests()).hasSize(1);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void a_challenge_is_an_answer_and_a_cookie_is_not_sent_back() {
        try (RawServer server =
                RawServer.start(RawServer.says("401 Who\r\nWWW-Authenticate: Basic realm=x\r\nSet-Cookie: a=b", ""))) {
            http.send(HttpCall.get(server.uri("/")));
            http.send(HttpCall.get(server.uri("/")));

            assertThat(server.requests()).hasSize(2).noneMatch(request -> request.contains("Cookie"));
        }
    }

    @Test
    void a_connection_dropped_after_the_request_loses_the_answer_and_nothing_is_sent_again() {
        try (RawServer server = RawServer.start(out -> false)) {
            HttpResult result = http.send(HttpCall.postJson(server.uri("/"), "{}"));

            assertThat(result).isEqualTo(new AnswerLost("connection-lost"));
            assertThat(server.requests()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_that_breaks_off_is_lost() {
        try (RawServer server = RawServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(UTF_8));
            out.flush();
            return false;
        })) {
            assertThat(http.send(HttpCall.get(server.uri("/")))).isEqualTo(new AnswerLost("connection-lost"));
        }
    }

    @Test
    void an_answer_that_is_not_http_is_lost() {
        try (RawServer server = RawServer.start(out -> {
            out.write("what do you want?\r\n\r\n".repeat(50).getBytes(UTF_8));
            out.flush();
            return false;
        })) {
            assertThat(http.send(HttpCall.get(server.uri("/")))).isInstanceOf(AnswerLost.class);
        }
    }

    @Test
    void silence_ends_at_the_deadline() {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = RawServer.start(out -> {
            never.await();
            return false;
        })) {
            long before = System.nanoTime();
            HttpResult result =
                    http.send(HttpCall.postJson(server.uri("/"), "{}").withDeadline(SHORT));

            assertThat(result).isEqualTo(new AnswerLost("deadline"));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SHORT.multipliedBy(4));
            never.countDown();
        }
    }

    @Test
    void a_body_that_drips_ends_at_the_deadline_too() {
        CountDownLatch dripping = new CountDownLatch(1);
        try (RawServer server = RawServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(UTF_8));
            while (!dripping.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
            return false;
        })) {
            HttpResult result = http.send(HttpCall.get(server.uri("/")).withDeadline(SHORT));

            assertThat(result).isEqualTo(new AnswerLost("deadline"));
            dripping.countDown();
        }
    }

    @Test
    void a_body_above_the_cap_is_cut_without_reading_the_rest() {
        AtomicInteger written = new AtomicInteger();
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer server = RawServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
            byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(UTF_8);
            try {
                while (true) {
                    out.write(chunk);
                    written.addAndGet(0x1000);
                }
            } finally {
                gone.countDown();
            }
        })) {
            HttpResult result = http.send(HttpCall.get(server.uri("/")).withMaxAnswerBytes(10_000));

            assertThat(result).asInstanceOf(type(Answered.class)).satisfies(answer -> {
                assertThat(answer.truncated()).isTrue();
                assertThat(answer.body()).hasSize(10_000);
            });
            await().until(() -> gone.getCount() == 0);
            assertThat(written.get()).isLessThan(64 << 20);
        }
    }

    @Test
    void a_refused_connection_means_that_nothing_was_sent() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(http.send(HttpCall.get(URI.create("http://127.0.0.1:" + port + "/"))))
                .isEqualTo(new NotSent("connect-failed"));
    }

    @Test
    void a_failed_handshake_means_that_nothing_was_sent() {
        try (RawServer plain = RawServer.start(out -> false);
                OutboundHttp client = new OutboundHttp(AddressPolicy.allowingLoopback(), SETTINGS)) {
            // A server that closes on the first bytes of TLS: whatever its request parser makes of them, none is
            // complete.
            URI uri = URI.create("https://127.0.0.1:" + plain.port() + "/");

            HttpResult result = client.send(HttpCall.postJson(uri, "{}").withDeadline(Duration.ofSeconds(5)));

            assertThat(result).isInstanceOf(NotSent.class);
            assertThat(plain.requests()).isEmpty();
        }
    }

    @Test
    void a_name_that_does_not_resolve_means_that_nothing_was_sent() {
        try (OutboundHttp client = resolving(host -> {
            throw new UnknownHostException(host);
        })) {
            assertThat(client.send(HttpCall.get(URI.create("https://nowhere.example/"))))
                    .isEqualTo(new NotSent("dns-failed"));
        }
    }

    @Test
    void a_resolver_that_hangs_ends_in_bounded_time() {
        CountDownLatch never = new CountDownLatch(1);
        try (OutboundHttp client = resolving(host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        })) {
            assertThat(client.send(HttpCall.get(URI.create("https://slow.example/"))))
                    .isEqualTo(new NotSent("dns-failed"));
            assertThat(client.send(
                            HttpCall.get(URI.create("https://slow.example/")).withDeadline(Duration.ofMillis(100))))
                    .isEqualTo(new NotSent("deadline"));
            never.countDown();
        }
    }

    @Test
    void a_call_that_could_not_begin_in_time_is_never_sent() {
        try (RawServer server = RawServer.start(RawServer.says("200 OK", ""));
                OutboundHttp client = new OutboundHttp(AddressPolicy.allowingLoopback(), SETTINGS)) {
            HttpCall call = HttpCall.postJson(server.uri("/"), "{}");

            assertThat(client.send(call.beginningWithin(Duration.ZERO))).isEqualTo(new NotSent("too-late"));
            assertThat(server.requests()).isEmpty();

            assertThat(client.send(call.beginningWithin(Duration.ofSeconds(5)))).isInstanceOf(Answered.class);
        }
    }

    @Test
    void a_name_that_leads_inside_is_refused_also_when_only_one_of_its_addresses_does() {
        try (RawServer server = RawServer.start(RawServer.says("200 OK", ""));
                OutboundHttp client = new OutboundHttp(AddressPolicy.publicOnly(), SETTINGS, host ->
                        new InetAddress[] {InetAddress.getByName("1.1.1.1"), InetAddress.getLoopbackAddress()})) {
            URI uri = URI.create("https://rebinding.example:" + server.port() + "/");

            assertThat(client.send(HttpCall.get(uri))).isEqualTo(new NotSent("address-refused"));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void a_name_is_resolved_once_and_only_the_vetted_address_is_connected_to() {
        AtomicInteger lookups = new AtomicInteger();
        try (RawServer server = RawServer.start(RawServer.says("200 OK", ""));
                OutboundHttp client = resolving(host -> lookups.getAndIncrement() == 0
                        ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                        : InetAddress.getAllByName("10.0.0.1"))) {
            URI uri = URI.create("http://localhost:" + server.port() + "/");

            assertThat(client.send(HttpCall.get(uri))).isInstanceOf(Answered.class);
            assertThat(lookups).hasValue(1);
            assertThat(client.send(HttpCall.get(uri).onFreshConnection())).isEqualTo(new NotSent("address-refused"));
        }
    }

    @Test
    void literal_loopback_addresses_in_any_writing_are_refused() {
        try (RawServer server = RawServer.start(RawServer.says("200 OK", ""));
                OutboundHttp client = new OutboundHttp(AddressPolicy.publicOnly(), SETTINGS)) {
            for (String host :
                    new String[] {"127.0.0.1", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"}) {
                URI uri = URI.create("https://" + host + ":" + server.port() + "/");
                assertThat(client.send(HttpCall.get(uri))).as(host).isInstanceOf(NotSent.class);
            }
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void a_connection_is_reused_unless_a_fresh_one_is_asked_for() {
        try (RawServer server = RawServer.start(RawServer.says("200 OK", "ok"))) {
            http.send(HttpCall.get(server.uri("/1")));
            http.send(HttpCall.get(server.uri("/2")));
            assertThat(server.connections()).isEqualTo(1);

            http.send(HttpCall.get(server.uri("/3")).onFreshConnection());
            http.send(HttpCall.get(server.uri("/4")).onFreshConnection());
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void an_interrupted_caller_gets_a_truthful_result_at_once() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = RawServer.start(out -> {
            never.await();
            return false;
        })) {
            java.util.concurrent.CompletableFuture<HttpResult> result = new java.util.concurrent.CompletableFuture<>();
            Thread caller = Thread.ofVirtual()
                    .start(() -> result.complete(http.send(HttpCall.postJson(server.uri("/"), "{}"))));
            await().until(() -> !server.requests().isEmpty());
            caller.interrupt();

            assertThat(result.get(5, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(new AnswerLost("interrupted"));
            never.countDown();
        }
    }

    @Test
    void neither_calls_nor_answers_print_what_they_carry() {
        HttpCall call = HttpCall.postJson(URI.create("https://shop.example/secret-path?token=x"), "{\"card\":1}")
                .withHeader("Authorization", "Bearer tell-nobody");

        assertThat(call).hasToString("HttpCall[POST shop.example]");
        assertThat(new Answered(200, java.util.Map.of("set-cookie", "x"), new byte[3], false))
                .hasToString("Answered[200, 3 bytes]");
    }

    private static OutboundHttp resolving(VettedResolver.Lookup lookup) {
        return new OutboundHttp(AddressPolicy.allowingLoopback(), SETTINGS, lookup);
    }
}
