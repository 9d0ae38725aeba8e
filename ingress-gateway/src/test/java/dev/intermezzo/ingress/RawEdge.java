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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.sessions.JqwikSession;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A running edge as those talk to it who do not care for HTTP: bytes go in, and whatever it says comes back. */
final class RawEdge {

    /** A request takes longer than a parser's input, so there are fewer of them. */
    private static final int REQUESTS = Integer.getInteger("jqwik.tries.default", 1_000) / 4;

    /** A page that keeps its answer back would make a row of such requests last. */
    private static final int AT_ONCE = 48;

    /** No test here asks for more than there is room for: a run may meet a busy edge once in so many answers, or once. */
    private static final int ANSWERS_PER_BUSY_ONE = 100;

    private static final int BUSY = 503;

    /** The server's own word for a protocol that is not HTTP/1.1. */
    private static final int OTHER_VERSION = 505;

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private static final Pattern THIS_VERSION = Pattern.compile("\\S+ \\S+ HTTP/1\\.1");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: ([0-9]{1,9})(?=\r\n|$)");
    private static final Pattern FRAMING = Pattern.compile("content-length|transfer-encoding");
    private static final Pattern NO_HEAD = Pattern.compile("^\r\n|[\\x00-\\x1f&&[^\r\n\t]]|\r(?!\n)|(?<!\r)\n");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");
    private static final Pattern MACHINERY = Pattern.compile(
            "(?i)exception|\\bat (dev|org|io|java)\\.|jetty|javalin|jakarta|java\\.|dev\\.intermezzo|kafka|caused by");
    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;
    private final Duration recovery;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();

    RawEdge(int port) {
        this(port, RECOVERY);
    }

    /** @param recovery how long a busy edge has until it must serve a request */
    RawEdge(int port, Duration recovery) {
        this.port = port;
        this.recovery = recovery;
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

    /**
     * Sends a request until the edge is not too busy for it, as {@code Retry-After} asks. What it is answered then is no fault
     * of ours: no 5xx, but the one that a request of another version of HTTP gets; something at all, when the request was
     * whole; and nothing of the machinery.
     */
    String faultless(byte[] request) {
        answered.incrementAndGet();
        String answer = exchange(request);
        if (statuses(answer).contains(BUSY)) {
            busy.incrementAndGet();
            answer = afterwards(request, answer);
        }
        boolean whole = isWhole(request);
        boolean thisVersion = isOfThisVersion(request);
        List<Integer> statuses = statuses(answer);
        for (int i = 0; i < statuses.size(); i++) {
            // What follows a request with a wrong length is read as another one, whose version is noise.
            boolean noise = i > 0 ? !whole : !thisVersion;
            if (statuses.get(i) >= 500 && !(noise && statuses.get(i) == OTHER_VERSION)) {
                throw new AssertionError("a fault: " + answer);
            }
        }
        if (whole) {
            assertThat(statuses).as("the answers to a whole request").isNotEmpty();
        }
        assertThat(answer).doesNotContainPattern(MACHINERY).doesNotContain("<script>");
        return answer;
    }

    /** Whoever answers 503 to what is odd would pass for busy. */
    void wasSeldomBusy() {
        assertThat(busy.get())
                .as("busy answers of %s", answered)
                .isLessThanOrEqualTo(Math.max(1, answered.get() / ANSWERS_PER_BUSY_ONE));
    }

    private String afterwards(byte[] request, String busyAnswer) {
        try {
            return Awaitility.await()
                    .atMost(recovery)
                    .until(() -> exchange(request), later -> !statuses(later).contains(BUSY));
        } catch (ConditionTimeoutException neverServed) {
            return busyAnswer;
        }
    }

    /** Whether these bytes are one message whose end both sides see alike (RFC 9112, section 6.3): an answer is due. */
    private static boolean isWhole(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end <= 0) {
            return false;
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        int body = text.length() - end - 4;
        List<String> lengths =
                LENGTH.matcher(head).results().map(match -> match.group(1)).toList();
        boolean told = FRAMING.matcher(head).results().count() == lengths.size();
        boolean rightly = lengths.isEmpty() ? body == 0 : lengths.equals(List.of(Integer.toString(body)));
        return told && rightly && !NO_HEAD.matcher(head).find();
    }

    private static boolean isOfThisVersion(byte[] request) {
        String line = new String(request, StandardCharsets.ISO_8859_1).split("\r?\n", 2)[0];
        return THIS_VERSION.matcher(line).matches();
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
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            // The edge need not read a request to its end, and what it said before still counts.
            untilReset(() -> {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            });
            untilReset(() -> socket.getInputStream().transferTo(answer));
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Exchange {
        void run() throws IOException;
    }

    private static void untilReset(Exchange exchange) throws IOException {
        try {
            exchange.run();
        } catch (SocketException reset) {
            // Whoever needs an answer looks for one.
        }
    }

    /** Every request that names a length gets its true one unless the mutation was about it. */
    static byte[] withLength(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return end < 0
                ? request
                : text.replace("Content-Length: *", "Content-Length: " + (text.length() - end - 4))
                        .getBytes(StandardCharsets.ISO_8859_1);
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
