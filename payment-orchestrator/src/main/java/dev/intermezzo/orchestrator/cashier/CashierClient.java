package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.partners.mozarto.UserToken;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last step before the Cashier: whoever made a call, one that says nothing of the buyer is not sent, since Mozarto
 * answers it 401, which would put the whole account on hold; nor is one whose user token is no JWT, on which Mozarto hangs
 * until 504 (both Mozarto Cashier API, authentication).
 */
final class CashierClient {

    /** Code of a call that carries neither header. */
    static final String USER_CONTEXT_MISSING = "user-context-missing";

    /** Code of a call whose user token is no signed JWT with claims. */
    static final String USER_TOKEN_MALFORMED = "user-token-malformed";

    /** What this step refuses with: faults of this software, which a repetition would meet again. */
    static final Set<String> REFUSALS = Set.of(USER_CONTEXT_MISSING, USER_TOKEN_MALFORMED);

    private static final String SCHEME = "Bearer";

    private final OutboundHttp http;

    CashierClient(OutboundHttp http) {
        this.http = http;
    }

    /** Sends once, or refuses with {@code NotSent}; as {@link OutboundHttp#send} in everything else. */
    HttpResult send(HttpCall call) {
        List<String> userTokens = values(call, UserToken.HEADER);
        if (userTokens.isEmpty() && values(call, SessionTokens.HEADER).isEmpty()) {
            return new HttpResult.NotSent(USER_CONTEXT_MISSING);
        }
        return userTokens.stream().allMatch(UserToken::wellFormed)
                ? http.send(call)
                : new HttpResult.NotSent(USER_TOKEN_MALFORMED);
    }

    /** What a header says, where it says anything. */
    private static List<String> values(HttpCall call, String name) {
        return call.headers().entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank() && !value.strip().equals(SCHEME))
                .toList();
    }
}
