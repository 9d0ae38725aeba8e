package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of making a call out of a command. */
public sealed interface Preparation {

    /**
     * The call can be made.
     *
     * @param limits the merchant's, for a pay-out; else null
     */
    record Ready(
            HttpCall call,
            ProviderOperation operation,
            AccountSettings settings,
            @Nullable PayOutLimits limits) implements Preparation {

        /** The same call, begun within this time or never, on a connection that nobody used before. */
        Ready beginningWithin(Duration time) {
            return new Ready(call.onFreshConnection().beginningWithin(time), operation, settings, limits);
        }
    }

    /**
     * The call is not made.
     *
     * @param code stable, reported as {@code NotExecuted}
     */
    record Impossible(String code) implements Preparation {}
}
