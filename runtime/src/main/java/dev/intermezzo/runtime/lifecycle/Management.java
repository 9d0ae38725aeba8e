package dev.intermezzo.runtime.lifecycle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The management endpoint of a process.
 *
 * <ul>
 *   <li>{@code /live}: 200 unless a stage has failed for good, then 503: start the process anew.
 *   <li>{@code /ready}: 200 when every stage is ready, else 503 with the reasons; in {@code notes} what is worth knowing
 *       although it keeps nobody from being ready.
 *   <li>{@code /metrics}: Prometheus text.
 * </ul>
 */
public final class Management implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final List<? extends Stage> stages;
    private final PrometheusMeterRegistry registry;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Binds the port; {@link #start()} serves.
     *
     * @throws UncheckedIOException when the address cannot be bound, naming it
     */
    public Management(ManagementSettings settings, List<? extends Stage> stages) {
        this.stages = List.copyOf(stages);
        this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        this.stages.forEach(stage -> stage.measure(registry));
        try {
            this.server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The management endpoint cannot listen on " + settings.host() + ":" + settings.port(), e);
        }
        server.setExecutor(threads);
        server.createContext("/live", exchange -> answer(exchange, "/live", this::live));
        server.createContext("/ready", exchange -> answer(exchange, "/ready", this::ready));
        server.createContext("/metrics", exchange -> answer(exchange, "/metrics", this::metrics));
    }

    public void start() {
        server.start();
    }

    /** The port it listens on, also when any free one was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where stages register their metrics. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        registry.close();
    }

    private Answer live() {
        List<String> failed = stages.stream()
                .filter(stage -> !stage.alive())
                .map(stage -> stage.name() + ": " + stage.notReadyBecause())
                .toList();
        return health("live", failed, List.of());
    }

    private Answer ready() {
        List<String> waiting = stages.stream()
                .filter(stage -> !stage.ready())
                .map(stage -> stage.name() + ": " + stage.notReadyBecause())
                .toList();
        List<String> notes = stages.stream()
                .flatMap(stage -> stage.notes().stream().map(note -> stage.name() + ": " + note))
                .toList();
        return health("ready", waiting, notes);
    }

    private Answer metrics() {
        return new Answer(200, PROMETHEUS_TYPE, registry.scrape(PROMETHEUS_TYPE));
    }

    private static Answer health(String what, List<String> problems, List<String> notes) {
        ObjectNode json = JSON.createObjectNode().put(what, problems.isEmpty());
        ArrayNode reasons = json.putArray("problems");
        problems.forEach(reasons::add);
        if (!notes.isEmpty()) {
            ArrayNode told = json.putArray("notes");
            notes.forEach(told::add);
        }
        return new Answer(problems.isEmpty() ? 200 : 503, JSON_TYPE, json.toString());
    }

    private static void answer(HttpExchange exchange, String path, Supplier<Answer> page) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            Answer answer = !exchange.getRequestURI().getPath().equals(path)
                    ? new Answer(404, JSON_TYPE, "{}")
                    : method.equals("GET") || method.equals("HEAD") ? page.get() : new Answer(405, JSON_TYPE, "{}");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), method.equals("HEAD") ? -1 : body.length);
            if (!method.equals("HEAD")) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private record Answer(int status, String contentType, String body) {}
}
