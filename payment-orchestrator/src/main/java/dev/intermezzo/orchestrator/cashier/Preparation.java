package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.runtime.http.HttpCall;
import java.time.Duration;

/** What came of making a call out of a command. */
sealed interface Preparation {

    /** The call can be made. */
    record Ready(HttpCall call, ProviderOperation operation, AccountSettings settings) implements Preparation {

        /** The same call, begun within this time or never, on a connection that nobody used before. */
        Ready beginningWithin(Duration time) {
            return new Ready(call.onFreshConnection().beginningWithin(time), operation, settings);
        }
    }

    /**
     * The call is not made.
     *
     * @param code stable, reported as {@code NotExecuted}
     */
    record Impossible(String code) implements Preparation {}
}
