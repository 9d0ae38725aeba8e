package dev.intermezzo.ingress.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Set;

/**
 * What may go wrong beside the handlers of an HTTP server of this module, told apart once for all of them: requests that no
 * handler takes, and bugs.
 */
public final class Failures {

    /** Attribute of a request: the route that serves it; a server sets it before anything else. */
    public static final String ROUTE = "route";

    /** What a 405 of the server calls the methods that an address does take; it has had both names. */
    private static final Set<String> METHODS = Set.of("availableMethods", "Available methods");

    private Failures() {}

    /** How a server answers. */
    public interface Answering {

        /** @param status 404, 405, or 400 for what cannot be read */
        void refuse(Context context, int status);

        /** Something failed here. */
        void fail(Context context, Exception bug);
    }

    /** Sets up a server's answers. */
    public static void answered(RoutesConfig routes, Answering answering) {
        routes.exception(HttpResponseException.class, (thrown, context) -> {
            answering.refuse(context, thrown.getStatus());
            // RFC 9110, section 15.5.6: with a 405 comes what the address does take.
            thrown.getDetails().forEach((name, value) -> {
                if (METHODS.contains(name)) {
                    context.header("Allow", value);
                }
            });
        });
        routes.exception(IllegalArgumentException.class, (thrown, context) -> {
            if (context.attribute(ROUTE) == null) {
                // No handler was found yet: the path has escapes (%u0041) that the router fails to read.
                answering.refuse(context, 400);
            } else {
                answering.fail(context, thrown);
            }
        });
        routes.exception(Exception.class, (bug, context) -> answering.fail(context, bug));
    }
}
