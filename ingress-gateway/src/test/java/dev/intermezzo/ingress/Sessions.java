package dev.intermezzo.ingress;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.partners.mozarto.UserToken;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SessionKeys;
import java.time.Duration;
import java.time.Instant;

/** Session tokens as the cashier executor makes them. */
final class Sessions {

    static final String USER = "bSomebody";

    private Sessions() {}

    /** The header's value. */
    static String header(SealingKeys keys, String account, Duration lifetime) {
        UserToken.Result made = new SessionTokens(SessionKeys.of(keys))
                .make(
                        account,
                        ProviderCatalogue.bundled()
                                .operation(new PspType("PAYONE"), Operation.PAYIN)
                                .orElseThrow(),
                        USER,
                        BuyerDetails.of("anna@example.com", "Anna", "Example", "14165550142", "CA"),
                        lifetime,
                        Instant.now());
        return ((UserToken.Result.Ready) made).headerValue();
    }
}
