package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.ingress.EdgeClient.Browser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A running edge under requests that no browser and no partner would send. Whatever comes is answered without a fault of
 * ours: no 5xx but the declared ones, nothing of the machinery in any answer; and a good checkout still succeeds afterwards.
 */
@ExtendWith(World.Shared.class)
class EdgeFuzzTest {

    private final World world;
    private final RawEdge edge;

    EdgeFuzzTest(World world) {
        this.world = world;
        this.edge = new RawEdge(world.edge.port());
    }

    @AfterEach
    void a_good_checkout_still_succeeds() {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(world.http
                                .checkout(TestMerchants.SHOP, Order.fresh().signed())
                                .statusCode())
                        .isEqualTo(303));
    }

    @AfterEach
    void the_edge_was_seldom_busy() {
        edge.wasSeldomBusy();
    }

    @Test
    void the_corpus_of_requests_is_answered_without_a_fault() {
        Corpus.of(EdgeFuzzTest.class, "edge-request").examples().forEach(this::answeredRaw);
        requests().examples().forEach(this::answeredRaw);
    }

    @Test
    void mutated_requests_are_answered_without_a_fault() {
        Mutants mutants = Mutants.of(
                        Corpus.of(EdgeFuzzTest.class, "edge-request").and(requests()))
                .withWords(List.of(
                        "GET",
                        "POST",
                        "HEAD",
                        "OPTIONS",
                        "TRACE",
                        "HTTP/1.0",
                        "\\r\\n\\r\\n",
                        "\\r\\nCookie: imz-0=",
                        "charset=x",
                        "/pay/",
                        "/return/",
                        "/state?after=",
                        "?page-language=",
                        "%2f",
                        "%2e%2e",
                        ";a=b",
                        "\\r\\nTransfer-Encoding: chunked",
                        "\\r\\nContent-Length: ",
                        "\\r\\nExpect: 100-continue",
                        "\\r\\nAccept-Language: ",
                        "multipart/form-data; boundary="))
                .withSeparators("\r\n", " ", "/", "&", ": ");

        RawEdge.hold(mutants, this::answeredRaw);
    }

    @Test
    void signed_forms_of_any_content_are_answered_without_a_fault() {
        Mutants mutants = Mutants.of(Corpus.of(EdgeFuzzTest.class, "edge-form"))
                .withWords(List.of(
                        "billing_country_code=",
                        "language_code=",
                        "lv",
                        "amount=",
                        "EUR",
                        "billing_phone=",
                        "success_url=",
                        "https://"))
                .withSeparators("\n", "=");

        RawEdge.hold(mutants, this::answeredForm);
    }

    @Test
    void the_corpus_of_forms_is_answered_without_a_fault() {
        Corpus.of(EdgeFuzzTest.class, "edge-form").examples().forEach(this::answeredForm);
    }

    @Test
    void webhooks_of_any_content_are_taken() {
        Mutants mutants = Mutants.of(Corpus.of(EdgeFuzzTest.class, "edge-webhook"))
                .withWords(List.of(
                        "\"transaction_status\":",
                        "\"Approved\"",
                        "\"merchantReference\":",
                        "1e99999999999",
                        "\"user_id\":"))
                .withSeparators(",", ":", "\"");

        RawEdge.hold(mutants, this::takenWebhook);
    }

    @Test
    void the_corpus_of_webhooks_is_taken() {
        Corpus.of(EdgeFuzzTest.class, "edge-webhook").examples().forEach(this::takenWebhook);
    }

    @Test
    void questions_of_any_content_about_a_session_are_answered_for_their_user_alone() {
        String session = Sessions.header(world.keys, TestMerchants.ACCOUNT, Duration.ofHours(1));
        Mutants mutants = Mutants.of(Corpus.ofTexts(Stream.of(
                        "{\"userId\":\"" + Sessions.USER + "\"}", "{\"userId\":1}", "{\"userId\":null}", "", "[]")))
                .withWords(List.of("\"userId\":", "1e99999999999", "null", "{\"", "[[[["))
                .withSeparators(",", ":", "\"");

        RawEdge.hold(mutants, body -> answeredQuestion(session, body));
    }

    private void answeredQuestion(String session, byte[] body) {
        String answer = edge.faultless(RawEdge.post(
                "/mozarto/" + TestMerchants.ACCOUNT + "/users/" + TestMerchants.WEBHOOK_TOKEN,
                "application/json\r\nAuthorization: " + session,
                body));

        assertThat(RawEdge.statuses(answer)).hasSize(1).isSubsetOf(Set.of(200, 403, 413));
        if (RawEdge.statuses(answer).contains(200)) {
            assertThat(answer).contains("\"userId\":\"" + Sessions.USER + "\"");
        }
    }

    private void answeredRaw(byte[] request) {
        edge.faultless(RawEdge.withLength(request));
    }

    /** Lines {@code name=value} become a form that the shop has signed, as it signs whatever the buyer typed. */
    private void answeredForm(byte[] lines) {
        Order order = new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && !pair[0].isEmpty())
                .reduce(Order.empty(), (sofar, pair) -> sofar.with(pair[0], pair[1]), (one, other) -> other);
        byte[] body = order.signed().getBytes(StandardCharsets.US_ASCII);

        String answer =
                edge.faultless(RawEdge.post("/mozello/" + TestMerchants.SHOP + "/checkout", EdgeClient.FORM, body));

        String location = RawEdge.header(answer, "Location");
        if (location.startsWith("/pay/")) {
            String cookie = RawEdge.header(answer, "Set-Cookie").split(";", 2)[0];
            edge.faultless(RawEdge.get(location, cookie));
            edge.faultless(RawEdge.get(location, ""));
        }
    }

    /** Nothing but its size is held against it. The Cashier would come again after a 503, and here once is enough. */
    private void takenWebhook(byte[] body) {
        byte[] request = RawEdge.post(
                "/mozarto/" + TestMerchants.ACCOUNT + "/webhooks/" + TestMerchants.WEBHOOK_TOKEN,
                "application/json",
                body);
        List<Integer> wanted = List.of(body.length > 64 * 1024 ? 413 : 200);

        String answer = edge.exchange(request);
        if (RawEdge.statuses(answer).equals(wanted)) {
            return;
        }
        assertThat(RawEdge.statuses(answer)).as(answer).isEqualTo(List.of(503));
        assertThat(RawEdge.statuses(edge.faultless(request))).isEqualTo(wanted);
    }

    /** Good requests of every kind, with a token and a cookie that are valid here. */
    private Corpus requests() {
        Order order = Order.fresh();
        Browser browser = world.http.new Browser();
        // The first checkout of a cold process may be asked to come again.
        String page = Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> EdgeClient.location(browser.checkout(order)), location -> location.startsWith("/pay/"))
                .split("\\?", 2)[0];
        String cookies = browser.cookies().entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining("; "));
        String headers =
                " HTTP/1.1\r\nHost: edge\r\nConnection: close\r\nAccept: text/html\r\nAccept-Language: lv,en;q=0.5\r\nCookie: "
                        + cookies + "\r\n";
        String form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: *\r\n\r\n";
        return Corpus.ofTexts(
                Stream.of(
                        "POST /mozello/demo-shop/checkout" + headers + form
                                + Order.fresh().signed(),
                        "POST /mozello/checkout" + headers + form
                                + Order.fresh().signed(),
                        "POST /mozello/install" + headers
                                + "X-Mozello-Hash: epTJgpOUE\r\nX-Mozello-Alias: demo\r\nContent-Type: application/json\r\n"
                                + "Content-Length: *\r\n\r\n{\"authCode\":\"12345abcde\",\"fields\":{\"connection_id\":\"demo\"}}",
                        "POST /mozello/" + TestMerchants.COMPARED_SHOP + "/notifications" + headers
                                + "X-Mozello-Hash: epTJgpOUE\r\nContent-Type: application/json\r\n"
                                + "Content-Length: *\r\n\r\n{\"event\":\"PAYMENT_CHANGED\",\"order\":{\"order_id\":\"M-1\"}}",
                        "GET " + page + "?continue=1" + headers + "\r\n",
                        "GET " + page + "?page-language=lv" + headers + "\r\n",
                        "GET " + page + "/state" + headers + "\r\n",
                        "POST " + page + "/details" + headers + form
                                + Order.encoded(Map.of("phone", "+1 (416) 555-0142", "provider", "PAYONE")),
                        "POST " + page + "/again" + headers + form + "confirm=yes&provider=PAYONE",
                        "GET /return/sandbox-account?status=ok" + headers + "\r\n",
                        "POST /return/" + page.substring(5) + headers + form + "a=b",
                        "POST /mozarto/sandbox-account/users/" + TestMerchants.WEBHOOK_TOKEN + headers
                                + "Authorization: "
                                + Sessions.header(world.keys, TestMerchants.ACCOUNT, Duration.ofHours(1))
                                + "\r\nContent-Type: application/json\r\nContent-Length: *\r\n\r\n{\"userId\":\""
                                + Sessions.USER + "\"}",
                        "POST /mozarto/sandbox-account/webhooks/" + TestMerchants.WEBHOOK_TOKEN + headers
                                + "Content-Type: application/json\r\nContent-Length: *\r\n\r\n{\"transaction_id\":\"t-9\",\"transaction_status\":\"Approved\"}"));
    }
}
