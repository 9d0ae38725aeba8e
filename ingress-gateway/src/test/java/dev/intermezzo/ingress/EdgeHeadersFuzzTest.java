package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.ingress.EdgeClient.Browser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A buyer's pages under cookies, languages and parameters that no browser of ours would send. None makes the edge fail, and
 * none but the very cookie that was set shows what only the browser of the checkout may see.
 */
@ExtendWith(World.Shared.class)
class EdgeHeadersFuzzTest {

    /** Only in the browser that began the checkout are details asked for. */
    private static final String DETAILS = "<form id=\"details\"";

    private final World world;
    private final RawEdge edge;

    @SuppressWarnings("NullAway.Init") // set before each test
    private String page;

    @SuppressWarnings("NullAway.Init") // set before each test
    private String cookie;

    EdgeHeadersFuzzTest(World world) {
        this.world = world;
        this.edge = new RawEdge(world.edge.port());
    }

    @BeforeEach
    void a_buyer_is_asked_for_details() {
        Browser browser = world.http.new Browser();
        Order order = Order.fresh();
        // The first checkout of a cold process may be asked to come again.
        page = Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> EdgeClient.location(browser.checkout(order)), location -> location.startsWith("/pay/"))
                .split("\\?", 2)[0];
        cookie = browser.cookies().entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .findFirst()
                .orElseThrow();
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> edge.exchange(RawEdge.get(page, cookie)).contains(DETAILS));
    }

    @AfterEach
    void the_edge_was_seldom_busy() {
        edge.wasSeldomBusy();
    }

    @Test
    void the_corpus_of_headers_is_answered_and_shows_nothing() {
        headers().examples().forEach(this::headersAnswered);
    }

    @Test
    void mutated_headers_are_answered_and_show_nothing() {
        Mutants mutants = Mutants.of(headers())
                .withWords(List.of(
                        "Cookie: ",
                        "cookie:",
                        "Accept-Language: ",
                        "\\r\\nCookie: __Host-imz-",
                        "imz-",
                        "__Host-imz-",
                        "$Version=1; ",
                        "lv",
                        "de-DE",
                        ";q=0",
                        "; ",
                        "=="))
                .withSeparators("\r\n", "; ", "=", ",", ": ");

        RawEdge.holdAtOnce(mutants, this::headersAnswered);
    }

    @Test
    void the_corpus_of_parameters_is_answered_and_shows_nothing() {
        Corpus.of(EdgeHeadersFuzzTest.class, "edge-query").examples().forEach(this::queryAnswered);
    }

    @Test
    void mutated_parameters_are_answered_and_show_nothing() {
        Mutants mutants = Mutants.of(Corpus.of(EdgeHeadersFuzzTest.class, "edge-query"))
                .withWords(
                        List.of("after=", "page-language=", "continue", "%2b", "%20", "%ff", "%u0041", ";", "?", "lv"))
                .withSeparators("&", "=", ";");

        RawEdge.holdAtOnce(mutants, this::queryAnswered);
    }

    private Corpus headers() {
        return Corpus.ofTexts(Stream.of(
                        "Accept-Language: lv,en;q=0.5\r\nCookie: " + cookie,
                        "Cookie: theme=dark; " + cookie + "; other=1"))
                .and(Corpus.of(EdgeHeadersFuzzTest.class, "edge-headers"));
    }

    private void headersAnswered(byte[] headers) {
        // A cookie may be written with quotes and blanks and is the same.
        String text = new String(headers, StandardCharsets.ISO_8859_1).replaceAll("[\"\\\\ \t]", "");
        for (String path : List.of(page, "/return/" + TestMerchants.ACCOUNT)) {
            String answer = edge.faultless(request(path, headers));

            assertThat(RawEdge.header(answer, "Set-Cookie")).doesNotContain("script", "\u0000");
            if (!text.contains(cookie)) {
                assertThat(answer).doesNotContain(DETAILS);
            }
        }
    }

    private void queryAnswered(byte[] query) {
        for (String path : List.of(page, "/return/" + TestMerchants.ACCOUNT)) {
            String answer = edge.faultless(request(path + '?', query, new byte[0]));
            assertThat(answer).doesNotContain(DETAILS);
        }
        String state = edge.faultless(request(page + "/state?", query, new byte[0]));
        if (RawEdge.statuses(state).equals(List.of(200))) {
            assertThat(state).contains("\"sequence\":", "\"redirect\":null");
        }
    }

    private static byte[] request(String path, byte[] headers) {
        return request(path, new byte[0], headers);
    }

    private static byte[] request(String path, byte[] query, byte[] headers) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("GET " + path).getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(query);
        request.writeBytes(" HTTP/1.1\r\nHost: edge\r\nConnection: close\r\nAccept: text/html\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(headers);
        request.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return request.toByteArray();
    }
}
