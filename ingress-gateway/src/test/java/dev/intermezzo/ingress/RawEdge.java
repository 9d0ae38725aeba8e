package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Line;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.sessions.JqwikSession;

/** A running edge as those talk to it who do not care for HTTP: bytes go in, and whatever it says comes back. */
final class RawEdge {

    /** A request takes longer than a parser's input, so there are fewer of them. */
    private static final int REQUESTS = Integer.getInteger("jqwik.tries.default", 1_000) / 4;

    /** A page that keeps its answer back would make a row of such requests last. */
    private static final int AT_ONCE = 48;

    /** Busy, and the server's own word for a protocol that is not HTTP/1.1. */
    private static final Set<Integer> DECLARED = Set.of(503, 505);

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");
    private static final Pattern MACHINERY = Pattern.compile(
            "(?i)exception|\\bat (dev|org|io|java)\\.|jetty|javalin|jakarta|java\\.|dev\\.intermezzo|kafka|caused by");
    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;

    RawEdge(int port) {
        this.port = port;
    }

    /** Jqwik draws; a failing input loses the mutations that do not matter. */
    static void hold(Mutants mutants, Consumer<byte[]> target) {
        drawn(mutants)
                .forEach(mutant -> failure(mutant, target).ifPresent(failed -> {
                    throw shrunk(mutant, failed, target);
                }));
    }

    /** The same with several inputs at a time. */
    static void holdAtOnce(Mutants mutants, Consumer<byte[]> target) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Optional<AssertionError>>> failures = drawn(mutants).stream()
                    .map(mutant ->
                            threads.submit(() -> failure(mutant, target).map(failed -> shrunk(mutant, failed, target))))
                    .toList();
            for (Future<Optional<AssertionError>> failure : failures) {
                Optional<AssertionError> found = failure.get();
                if (found.isPresent()) {
                    threads.shutdownNow();
                    throw found.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<Mutant> drawn(Mutants mutants) {
        List<Mutant> drawn = new ArrayList<>();
        JqwikSession.run(() -> mutants.arbitrary().generator(1_000).stream(new Random())
                .limit(REQUESTS)
                .map(each -> each.value())
                .forEach(drawn::add));
        return drawn;
    }

    private static Optional<AssertionError> failure(Mutant mutant, Consumer<byte[]> target) {
        try {
            target.accept(mutant.bytes());
            return Optional.empty();
        } catch (AssertionError failed) {
            return Optional.of(failed);
        }
    }

    private static AssertionError shrunk(Mutant mutant, AssertionError failed, Consumer<byte[]> target) {
        for (Mutant simpler : mutant.simpler()) {
            Optional<AssertionError> still = failure(simpler, target);
            if (still.isPresent()) {
                return shrunk(simpler, still.get(), target);
            }
        }
        return new AssertionError(
                failed.getMessage() + "\nThe input, as a line for the corpus:\n" + Line.of(mutant.bytes()), failed);
    }

    /** No 5xx but the declared ones, and nothing of the machinery. */
    static void faultless(String answer) {
        assertThat(statuses(answer)).as(answer).allMatch(status -> status < 500 || DECLARED.contains(status));
        assertThat(answer).doesNotContainPattern(MACHINERY).doesNotContain("<script>");
    }

    static List<Integer> statuses(String answer) {
        return STATUS.matcher(answer)
                .results()
                .map((MatchResult result) -> Integer.parseInt(result.group(1)))
                .toList();
    }

    static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    /** Sends bytes and says that nothing follows, so that a wrong length makes nobody wait. */
    String exchange(byte[] request) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answer);
        } catch (SocketException refusedBeforeItsEnd) {
            // The edge need not read a request to its end, and what it said before still counts.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    static byte[] post(String path, String contentType, byte[] body) {
        byte[] head = ("POST " + path
                        + " HTTP/1.1\r\nHost: edge\r\nAccept: text/html\r\nConnection: close\r\nContent-Type: "
                        + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head);
        request.writeBytes(body);
        return request.toByteArray();
    }

    static byte[] get(String path, String cookie) {
        return ("GET " + path + " HTTP/1.1\r\nHost: edge\r\nAccept: text/html\r\nConnection: close\r\nCookie: " + cookie
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
