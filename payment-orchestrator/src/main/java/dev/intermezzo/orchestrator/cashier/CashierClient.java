package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.partners.mozarto.UserToken;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.util.List;

/**
 * The last step before the Cashier: whoever made a call, one that says nothing of the buyer is not sent. Mozarto answers it
 * 401 (Mozarto Cashier API, authentication), which would put the whole account on hold.
 */
final class CashierClient {

    /** Code of a call that was refused here. */
    static final String USER_CONTEXT_MISSING = "user-context-missing";

    private static final List<String> WHO = List.of(UserToken.HEADER, SessionTokens.HEADER);
    private static final String SCHEME = "Bearer";

    private final OutboundHttp http;

    CashierClient(OutboundHttp http) {
        this.http = http;
    }

    /** Sends once, or refuses with {@code NotSent}; as {@link OutboundHttp#send} in everything else. */
    HttpResult send(HttpCall call) {
        return call.headers().entrySet().stream().anyMatch(header -> tellsWho(header.getKey(), header.getValue()))
                ? http.send(call)
                : new HttpResult.NotSent(USER_CONTEXT_MISSING);
    }

    private static boolean tellsWho(String name, String value) {
        String token = value.startsWith(SCHEME) ? value.substring(SCHEME.length()) : value;
        return WHO.stream().anyMatch(name::equalsIgnoreCase) && !token.isBlank();
    }
}
