package dev.intermezzo.notifier.send;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A shop's notify address that answers as it is told, and remembers what was posted. */
final class TestingShop implements AutoCloseable {

    /** How the shop answers. */
    sealed interface Behaviour {
        record Answer(int status, String body, Map<String, String> headers) implements Behaviour {}

        /** Reads the request and never answers. */
        record Hang() implements Behaviour {}

        /** Reads the request and closes the connection. */
        record Drop() implements Behaviour {}
    }

    /** One POST as it came. */
    record Posted(String contentType, String body) {}

    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = new Behaviour.Answer(200, "", Map.of());

    TestingShop() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    void answers(int status, String body) {
        behaviour = new Behaviour.Answer(status, body, Map.of());
    }

    void answers(int status, Map<String, String> headers) {
        behaviour = new Behaviour.Answer(status, "", headers);
    }

    void hangs() {
        behaviour = new Behaviour.Hang();
    }

    void drops() {
        behaviour = new Behaviour.Drop();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String address() {
        return "http://" + host() + "/notify";
    }

    List<Posted> posted() {
        return posted;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        posted.add(new Posted(type, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        switch (behaviour) {
            case Behaviour.Answer answer -> {
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            }
            case Behaviour.Hang hang -> {
                awaitClosing();
                exchange.close();
            }
            // Without response headers the server closes the connection unanswered.
            case Behaviour.Drop drop -> exchange.close();
        }
    }

    private void awaitClosing() {
        try {
            if (!closing.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the test did not close its shop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
