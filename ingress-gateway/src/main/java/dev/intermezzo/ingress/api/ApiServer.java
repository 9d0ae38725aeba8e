package dev.intermezzo.ingress.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.ingress.api.ApiAnswer.Refused;
import dev.intermezzo.ingress.api.ApiKeys.Caller;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Failures;
import dev.intermezzo.ingress.http.Listener;
import dev.intermezzo.runtime.metrics.Tally;
import dev.intermezzo.runtime.network.Network;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the merchant API: who may ask for what, how often, and what is logged of it. */
final class ApiServer {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Logger ACCESS = LoggerFactory.getLogger("dev.intermezzo.ingress.access");

    /** Attributes of a request: which route serves it, and whose key it brought. */
    private static final String ROUTE = Failures.ROUTE;

    private static final String KEY = "key";

    private static final int MOST_HEADER_BYTES = 8 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Many more than requests at once: merchants' systems keep connections open between them. */
    private static final int MOST_CONNECTIONS = 4_096;

    private final MerchantApiSettings settings;
    private final ApiKeys keys;
    private final KeyRates rates;
    private final ReadHandlers reading;
    private final RefundHandler refunds;
    private final PayOutHandler payOuts;
    private final JsonNode document;
    private final Semaphore places;
    private final AtomicLong shed = new AtomicLong();
    private final AtomicLong usedElsewhere = new AtomicLong();
    private final Map<ApiRoute, Tally<Answered>> counts = new EnumMap<>(ApiRoute.class);
    private final Javalin server;

    /** What the status says. */
    private enum Answered {
        OK,
        REFUSED,
        FAILED;

        static Answered of(int status) {
            return status < 400 ? OK : status < 500 ? REFUSED : FAILED;
        }
    }

    ApiServer(
            MerchantApiSettings settings,
            ApiKeys keys,
            KeyRates rates,
            ReadHandlers reading,
            RefundHandler refunds,
            PayOutHandler payOuts) {
        this.settings = settings;
        this.keys = keys;
        this.rates = rates;
        this.reading = reading;
        this.refunds = refunds;
        this.payOuts = payOuts;
        this.document = OpenApi.document();
        this.places = new Semaphore(settings.maxInFlight());
        for (ApiRoute route : ApiRoute.values()) {
            counts.put(route, new Tally<>(Answered.class));
        }
        this.server = Javalin.create(config -> {
            listener(settings).configure(config);
            config.requestLogger.http(this::answered);
            for (ApiRoute route : ApiRoute.values()) {
                add(config.routes, route);
            }
            failures(config.routes);
        });
    }

    /** Listens from now on. */
    void start() {
        server.start();
        LOG.atInfo().addKeyValue("port", port()).log("merchant API listens");
    }

    int port() {
        return server.port();
    }

    /** Takes no request any more and waits, within its bound, for those that are being served. */
    void stop() {
        server.stop();
    }

    void measure(MeterRegistry meters) {
        counts.forEach((route, tally) -> tally.bind(
                meters,
                "intermezzo.api.requests",
                "Requests of merchants' systems, by what was asked for and how it was answered",
                "answer",
                "kind",
                route.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        Gauge.builder("intermezzo.api.in.flight", places, free -> settings.maxInFlight() - free.availablePermits())
                .description("Requests of merchants' systems that are being served.")
                .register(meters);
        FunctionCounter.builder("intermezzo.api.shed", shed, AtomicLong::doubleValue)
                .description("Requests of merchants' systems for which there was no place: 503.")
                .register(meters);
        FunctionCounter.builder("intermezzo.api.used.elsewhere", usedElsewhere, AtomicLong::doubleValue)
                .description("Requests with a valid API key from outside the networks that it is bound to: 403.")
                .register(meters);
    }

    private static Listener listener(MerchantApiSettings settings) {
        return new Listener(
                settings.host(), settings.port(), MOST_HEADER_BYTES, IDLE, MOST_CONNECTIONS, settings.stopWait());
    }

    private void add(RoutesConfig routes, ApiRoute route) {
        Handler handler = context -> serve(context, route);
        if (route.method().equals("POST")) {
            routes.post(route.path(), handler);
        } else {
            routes.get(route.path(), handler);
        }
    }

    private void serve(Context context, ApiRoute route) {
        context.attribute(ROUTE, route);
        if (!places.tryAcquire()) {
            shed.incrementAndGet();
            ApiResponder.answer(context, route.success(), Refused.later(ApiCode.BUSY));
            return;
        }
        try {
            ApiResponder.answer(context, route.success(), admitted(context, route));
        } finally {
            places.release();
        }
    }

    private ApiAnswer admitted(Context context, ApiRoute route) {
        EdgeRequest request = new EdgeRequest(context, settings.proxies());
        if (route.scope().isEmpty()) {
            return new ApiAnswer.Shown(document);
        }
        Optional<Caller> known = keys.caller(request.header("Authorization"));
        if (known.isEmpty()) {
            return Refused.of(ApiCode.API_KEY_NOT_VALID);
        }
        Caller caller = known.get();
        context.attribute(KEY, caller.name());
        // Before the key's rate: whoever uses it from elsewhere takes nothing from its holder.
        Optional<InetAddress> from = request.clientIp();
        if (!caller.mayComeFrom(from)) {
            return elsewhere(caller, from);
        }
        Optional<Duration> wait = rates.waitOf(caller.name());
        if (wait.isPresent()) {
            return new Refused(ApiCode.RATE_LIMITED, "", wait);
        }
        if (!caller.may(route.scope().get())) {
            return Refused.of(
                    ApiCode.SCOPE_MISSING,
                    "It needs the scope " + route.scope().get().text() + ".");
        }
        return switch (route) {
            case DOCUMENT -> new ApiAnswer.Shown(document);
            case PAYMENT -> reading.payment(caller, request.path("id"));
            case PAY_OUT -> reading.payOut(caller, request.path("id"));
            case NEW_PAY_OUT -> payOuts.handle(caller, request);
            case REFUND -> refunds.handle(caller, request);
        };
    }

    /** Somebody else may have the key. The log tells the network, which is what its holder needs to find out. */
    private ApiAnswer elsewhere(Caller caller, Optional<InetAddress> from) {
        usedElsewhere.incrementAndGet();
        LOG.atWarn()
                .addKeyValue("merchant", caller.merchantId())
                .addKeyValue("key", caller.name())
                .addKeyValue("network", Network.siteText(from))
                .log("an API key was used outside its networks");
        return Refused.of(ApiCode.NETWORK_NOT_ALLOWED);
    }

    private static void failures(RoutesConfig routes) {
        Failures.answered(routes, new Failures.Answering() {
            @Override
            public void refuse(Context context, int status) {
                ApiCode code = status == 405
                        ? ApiCode.METHOD_NOT_ALLOWED
                        : status == 404 ? ApiCode.NOT_FOUND : ApiCode.REQUEST_REFUSED;
                ApiResponder.answer(context, status, Refused.of(code));
            }

            @Override
            public void fail(Context context, Exception bug) {
                LOG.atError().addKeyValue("route", path(context)).setCause(bug).log("a request failed");
                ApiResponder.answer(context, 500, Refused.of(ApiCode.INTERNAL));
            }
        });
    }

    /** The key's name and never the key; the route's pattern and never what stands in its place. */
    private void answered(Context context, Float millis) {
        @Nullable ApiRoute route = context.attribute(ROUTE);
        @Nullable String key = context.attribute(KEY);
        if (route != null) {
            Objects.requireNonNull(counts.get(route)).count(Answered.of(context.statusCode()));
        }
        ACCESS.atInfo()
                .addKeyValue("method", context.method())
                .addKeyValue("route", path(context))
                .addKeyValue("key", key == null ? "none" : key)
                .addKeyValue("status", context.statusCode())
                .addKeyValue("ms", Math.round(millis))
                .log("request");
    }

    private static String path(Context context) {
        @Nullable ApiRoute route = context.attribute(ROUTE);
        return route == null ? "unmatched" : route.path();
    }
}
