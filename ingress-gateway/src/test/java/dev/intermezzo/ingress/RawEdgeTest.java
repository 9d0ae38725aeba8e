package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link RawEdge} lets pass, and what it does not: edges that are wrong in one way each. */
class RawEdgeTest {

    private static final byte[] WHOLE = RawEdge.get("/pay/x", "");
    private static final byte[] WITH_BODY = RawEdge.post("/pay/x", "text/plain", new byte[] {'a'});
    private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    private static final String BUSY = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n";
    private static final String OTHER_VERSION = "HTTP/1.1 505 HTTP Version Not Supported\r\n\r\n";

    private final ServerSocket server;

    RawEdgeTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void no_answer_to_a_whole_request_is_a_fault_and_to_a_torn_one_none() {
        RawEdge mute = edge(Stream.generate(() -> ""));

        assertThatThrownBy(() -> mute.faultless(WHOLE)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> mute.faultless(WITH_BODY)).isInstanceOf(AssertionError.class);
        assertThat(mute.faultless(bytes("GET /pay/x HTTP/1.1\r\nHost:"))).isEmpty();
        assertThat(mute.faultless(bytes("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na")))
                .isEmpty();
        assertThat(mute.faultless(bytes("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na")))
                .isEmpty();
    }

    @Test
    void an_edge_that_is_busy_for_good_is_at_fault() {
        RawEdge busy = edge(Stream.generate(() -> BUSY));

        assertThatThrownBy(() -> busy.faultless(WHOLE)).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_edge_that_is_busy_at_every_second_request_is_not_seldom_busy() {
        RawEdge often = edge(Stream.iterate(BUSY, last -> last.equals(BUSY) ? OK : BUSY));

        assertThat(often.faultless(WHOLE)).isEqualTo(OK);
        often.wasSeldomBusy();
        assertThat(often.faultless(WHOLE)).isEqualTo(OK);
        assertThatThrownBy(often::wasSeldomBusy).isInstanceOf(AssertionError.class);
    }

    @Test
    void another_version_is_said_of_requests_of_another_version_alone() {
        RawEdge strict = edge(Stream.generate(() -> OTHER_VERSION));

        assertThatThrownBy(() -> strict.faultless(WHOLE)).isInstanceOf(AssertionError.class);
        assertThat(strict.faultless(bytes("GET /pay/x HTTP/2.7\r\nHost: edge\r\n\r\n")))
                .isEqualTo(OTHER_VERSION);
    }

    @Test
    void any_other_5xx_and_any_word_of_the_machinery_is_a_fault() {
        RawEdge failing = edge(Stream.of(
                "HTTP/1.1 500 Server Error\r\n\r\n",
                OK + "java.lang.NullPointerException",
                OK + OK + "HTTP/1.1 502 Bad Gateway\r\n\r\n"));

        for (int time = 1; time <= 3; time++) {
            assertThatThrownBy(() -> failing.faultless(WHOLE)).isInstanceOf(AssertionError.class);
        }
    }

    /** Reads each request to its end and says the next of these. */
    private RawEdge edge(Stream<String> answers) {
        Iterator<String> next = answers.iterator();
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().readAllBytes();
                        socket.getOutputStream().write(bytes(next.next()));
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        return new RawEdge(server.getLocalPort(), Duration.ofMillis(300));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
