package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.runtime.http.HttpCall;

/** What came of making a call out of a command. */
sealed interface Preparation {

    /** The call can be made. */
    record Ready(HttpCall call, ProviderOperation operation, AccountSettings settings) implements Preparation {}

    /**
     * The call is not made.
     *
     * @param code stable, reported as {@code NotExecuted}
     */
    record Impossible(String code) implements Preparation {}
}
