package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.time.Instant;
import java.util.Optional;

/** What an account shows Mozarto of itself, opened for the moment of a call. */
final class AccountCredentials {
    private static final String COMPANY_TOKEN = "company-token";
    private static final String USER_TOKEN_SECRET = "user-token-secret";

    private final SecretSealer secrets;

    AccountCredentials(SecretSealer secrets) {
        this.secrets = secrets;
    }

    /** The token of the header {@code Authorization}. */
    Optional<byte[]> companyToken(Versioned<CashierAccount> account, Instant now) {
        return newest(account, COMPANY_TOKEN, now);
    }

    /** What user tokens are signed with. */
    Optional<byte[]> userTokenSecret(Versioned<CashierAccount> account, Instant now) {
        return newest(account, USER_TOKEN_SECRET, now);
    }

    /** The newest credential wins; one that has ended is not used. */
    private Optional<byte[]> newest(Versioned<CashierAccount> account, String purpose, Instant now) {
        return account.body().getSecrets().stream()
                .filter(secret -> secret.getPurpose().equals(purpose))
                .filter(secret -> stillValid(secret, now))
                .reduce((older, newer) -> newer)
                .map(secret -> secrets.open(MerchantKeys.account(account.id()), secret));
    }

    private static boolean stillValid(SealedSecret secret, Instant now) {
        Instant end = secret.getNotAfter();
        return end == null || now.isBefore(end);
    }
}
