package dev.intermezzo.ingress;

import dev.intermezzo.ingress.http.Answers;
import dev.intermezzo.ingress.http.Bound;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Failures;
import dev.intermezzo.ingress.http.Guarded;
import dev.intermezzo.ingress.http.Listener;
import dev.intermezzo.ingress.http.Proxies;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.http.UnreadableBodyException;
import dev.intermezzo.ingress.pages.Assets;
import dev.intermezzo.ingress.pay.StatePoll;
import dev.intermezzo.ingress.verification.UserVerificationHandler;
import dev.intermezzo.ingress.webhook.WebhookHandler;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: routes, bounds, and what is logged of a request. */
final class EdgeServer {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);
    private static final Logger ACCESS = LoggerFactory.getLogger("dev.intermezzo.ingress.access");

    /** Attribute of a request: the pattern of the route that serves it. */
    private static final String ROUTE = Failures.ROUTE;

    /** Eight cookies of some 700 bytes, and what browsers send besides. */
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    /** Longer than a long poll, which must not count as idleness. */
    private static final Duration IDLE = Duration.ofSeconds(40);

    /** Each may wait for Mozello; owners install one at a time. */
    private static final int MOST_INSTALLS = 16;

    /** Whether Mozarto appends its path to the address that was entered is not documented for the newest generation. */
    private static final List<String> USER_VERIFICATION_TAILS = List.of("", "/api/v1/mozarto/verify-user");

    private final Proxies proxies;
    private final Responder responder;
    private final Javalin server;
    private final StatePoll longPoll;
    private final Bound browsers;
    private final Bound publicShops;
    private final Bound installs;
    private final Bound turnedAway;
    private final Bound webhooks;
    private final Bound verifications;
    private final UserVerificationHandler userVerification;
    private final WebhookHandler webhook;
    private final Bound polls;
    private final Answers answers = new Answers();

    /** Who serves what. */
    record Handlers(
            Guarded checkout,
            Guarded publicCheckout,
            EdgeHandler install,
            EdgeHandler settings,
            EdgeHandler page,
            EdgeHandler seePage,
            StatePoll state,
            Guarded details,
            Guarded again,
            Guarded back,
            EdgeHandler returning,
            EdgeHandler returningByPost,
            WebhookHandler webhook,
            UserVerificationHandler userVerification,
            EdgeHandler storeNotification,
            Assets assets) {}

    EdgeServer(EdgeSettings settings, Responder responder, Handlers handlers) {
        this.proxies = settings.proxies();
        this.responder = responder;
        this.longPoll = handlers.state();
        this.browsers = new Bound(settings.limits().maxInFlight());
        this.publicShops = new Bound(settings.listing().maxCheckouts());
        this.installs = new Bound(MOST_INSTALLS);
        this.turnedAway = new Bound(settings.limits().maxTurnedAway());
        this.webhooks = new Bound(settings.limits().maxWebhooks());
        // Of the same size as webhooks, and apart from them: whoever asks in a flood keeps no outcome out.
        this.verifications = new Bound(settings.limits().maxWebhooks());
        this.userVerification = handlers.userVerification();
        this.webhook = handlers.webhook();
        this.polls = new Bound(settings.limits().maxPolls());
        this.server = Javalin.create(config -> {
            listener(settings).configure(config);
            config.requestLogger.http(this::answered);
            routes(config.routes, handlers);
            failures(config.routes);
        });
    }

    /** Listens from now on. */
    void start() {
        server.start();
        LOG.atInfo().addKeyValue("port", port()).log("edge listens");
    }

    int port() {
        return server.port();
    }

    /** Takes no request any more and waits, within its bound, for those that are being served. */
    void stop() {
        longPoll.release();
        server.stop();
    }

    /** Registers what was answered, how much is served at once, and how much there was no place for. */
    void measure(MeterRegistry meters) {
        answers.bind(meters);
        userVerification.measure(meters);
        webhook.measure(meters);
        Map.of(
                        "browsers", browsers,
                        "public-checkouts", publicShops,
                        "installs", installs,
                        "turned-away", turnedAway,
                        "webhooks", webhooks,
                        "verifications", verifications,
                        "polls", polls)
                .forEach((kind, bound) -> {
                    Gauge.builder("intermezzo.ingress.in.flight", bound, Bound::taken)
                            .description("Requests that are being served.")
                            .tag("kind", kind)
                            .register(meters);
                    FunctionCounter.builder("intermezzo.ingress.shed", bound, Bound::turnedAway)
                            .description("Requests for which there was no place: 503.")
                            .tag("kind", kind)
                            .register(meters);
                });
    }

    private static Listener listener(EdgeSettings settings) {
        return new Listener(
                settings.host(),
                settings.port(),
                MOST_HEADER_BYTES,
                IDLE,
                settings.limits().maxConnections(),
                settings.stop().atMost());
    }

    private void routes(RoutesConfig routes, Handlers handlers) {
        post(routes, "/mozello/{integration}/checkout", guarded(handlers.checkout()));
        post(
                routes,
                "/mozello/checkout",
                publicShops.around(
                        handlers.publicCheckout().serve(),
                        turnedAway.around(handlers.publicCheckout().turnAway())));
        post(routes, "/mozello/install", installs.around(handlers.install()));
        post(routes, "/mozello/settings", installs.around(handlers.settings()));
        get(routes, "/pay/{token}", browsers.around(handlers.page()));
        get(routes, "/pay/{token}/state", polls.around(handlers.state()));
        post(routes, "/pay/{token}/details", guarded(handlers.details()));
        post(routes, "/pay/{token}/again", guarded(handlers.again()));
        post(routes, "/pay/{token}/back", guarded(handlers.back()));
        for (String act : List.of("details", "again", "back")) {
            get(routes, "/pay/{token}/" + act, browsers.around(handlers.seePage()));
        }
        get(routes, "/return/{whose}", browsers.around(handlers.returning()));
        post(routes, "/return/{whose}", handlers.returningByPost());
        post(routes, "/mozarto/{account}/webhooks/{webhookToken}", webhooks.around(handlers.webhook()));
        for (String tail : USER_VERIFICATION_TAILS) {
            post(
                    routes,
                    "/mozarto/{account}/users/{webhookToken}" + tail,
                    verifications.around(handlers.userVerification()));
        }
        post(routes, "/mozello/{integration}/notifications", webhooks.around(handlers.storeNotification()));
        get(routes, Assets.ROUTE + "{file}", request -> asset(handlers.assets(), request));
    }

    /** A form of a browser; where there is no place for it, its page offers to send it again. */
    private EdgeHandler guarded(Guarded form) {
        return browsers.around(form.serve(), turnedAway.around(form.turnAway()));
    }

    private static Reply asset(Assets assets, EdgeRequest request) {
        return assets.file(request.path("file"))
                .<Reply>map(file -> new Reply.Asset(file.contentType(), file.content()))
                .orElseGet(() -> new Reply.Refused(Refusal.of(404, "not-found", "error.not-found")));
    }

    private void get(RoutesConfig routes, String route, EdgeHandler handler) {
        routes.get(route, served(route, handler));
    }

    private void post(RoutesConfig routes, String route, EdgeHandler handler) {
        routes.post(route, served(route, handler));
    }

    private Handler served(String route, EdgeHandler handler) {
        return context -> {
            context.attribute(ROUTE, route);
            responder.answer(context, handler.handle(new EdgeRequest(context, proxies)));
        };
    }

    private void failures(RoutesConfig routes) {
        routes.exception(
                UnreadableBodyException.class,
                (gone, context) -> refuse(context, 400, "body-not-received", "error.form"));
        Failures.answered(routes, new Failures.Answering() {
            @Override
            public void refuse(Context context, int status) {
                EdgeServer.this.refuse(
                        context,
                        status,
                        status == 405 ? "method-not-allowed" : status == 404 ? "not-found" : "request-refused",
                        "error.not-found");
            }

            @Override
            public void fail(Context context, Exception bug) {
                failed(context, bug);
            }
        });
    }

    private void failed(Context context, Exception bug) {
        // The path is left out: it may hold a token.
        LOG.atError().addKeyValue("route", route(context)).setCause(bug).log("a request failed");
        refuse(context, 500, "internal", "error.generic");
    }

    private void refuse(Context context, int status, String code, String textKey) {
        responder.answer(context, new Reply.Refused(Refusal.of(status, code, textKey)));
    }

    /** The route's pattern is logged and never its path or query: they hold tokens. */
    private void answered(Context context, Float millis) {
        answers.count(route(context), context.statusCode());
        ACCESS.atInfo()
                .addKeyValue("method", context.method())
                .addKeyValue("route", route(context))
                .addKeyValue("status", context.statusCode())
                .addKeyValue("ms", Math.round(millis))
                .log("request");
    }

    private static String route(Context context) {
        @Nullable String route = context.attribute(ROUTE);
        return route == null ? "unmatched" : route;
    }
}
