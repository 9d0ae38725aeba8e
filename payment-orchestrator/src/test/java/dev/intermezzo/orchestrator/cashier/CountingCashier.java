package dev.intermezzo.orchestrator.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Pays out whatever it is asked for, redeems any voucher but those that begin with 0, and counts; on wish it keeps callers
 * waiting after it has paid. It repeats a PIN in its answers, which is as bad as a provider may be.
 */
final class CountingCashier implements AutoCloseable {
    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final List<String> users = new CopyOnWriteArrayList<>();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    CountingCashier() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pay);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The user id of each request; it names payment and refund. */
    List<String> users() {
        return List.copyOf(users);
    }

    boolean answered(String user) {
        return answered.contains(user);
    }

    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }

    private void pay(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
            String user = request.path("userId").asText();
            String pin = request.path("voucherPin").asText();
            users.add(user);
            gate.await();
            byte[] answer = answer(pin, users.size()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(pin.startsWith("0") ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            answered.add(user);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(String pin, int number) {
        if (pin.startsWith("0")) {
            return "{\"status\":\"error\",\"isSuccess\":false,\"message\":\"Invalid voucher PIN " + pin + "\"}";
        }
        String status = pin.isEmpty() ? "PENDING" : "Approved";
        return "{\"status\":\"success\",\"isSuccess\":true,\"message\":\"" + pin + "\",\"data\":{\"status\":\"" + status
                + "\",\"transactionId\":\"t-" + number + "\"}}";
    }
}
