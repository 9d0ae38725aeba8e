package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.partners.mozarto.UserToken;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.schemas.avro.CashierAccount;
import java.time.Instant;
import java.util.Optional;

/** Tells Mozarto who the buyer is, by the header that the account uses. */
final class UserHeaders {
    private final AccountCredentials credentials;
    private final SessionTokens sessions;
    private final CashierSettings settings;

    UserHeaders(AccountCredentials credentials, SessionTokens sessions, CashierSettings settings) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.settings = settings;
    }

    /** A header, or why there is none. */
    sealed interface Made {

        /** @param value secret and personal */
        record Header(String name, String value) implements Made {

            @Override
            public String toString() {
                return "Header[" + name + "]";
            }
        }

        /** @param code stable, as {@link Preparation.Impossible} has it */
        record Missing(String code) implements Made {}
    }

    Made make(
            Versioned<CashierAccount> account,
            ProviderOperation operation,
            String userId,
            BuyerDetails buyer,
            Instant now) {
        return switch (UserContextMode.of(account.body().getUserContext())) {
            case TOKEN -> userToken(account, operation, userId, buyer, now);
            case SESSION ->
                header(
                        SessionTokens.HEADER,
                        sessions.make(account.id(), operation, userId, buyer, settings.sessionLifetime(), now));
        };
    }

    private Made userToken(
            Versioned<CashierAccount> account,
            ProviderOperation operation,
            String userId,
            BuyerDetails buyer,
            Instant now) {
        Optional<byte[]> secret = credentials.userTokenSecret(account, now);
        return secret.isEmpty()
                ? new Made.Missing("account-credentials-missing")
                : header(
                        UserToken.HEADER,
                        UserToken.make(operation, userId, buyer, settings.userToken(), secret.get(), now));
    }

    private static Made header(String name, UserToken.Result result) {
        return switch (result) {
            case UserToken.Result.Ready ready -> new Made.Header(name, ready.headerValue());
            case UserToken.Result.Incomplete incomplete -> new Made.Missing("details-missing");
        };
    }
}
