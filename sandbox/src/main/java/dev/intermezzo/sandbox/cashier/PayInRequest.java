package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What a request says, whichever its provider and direction; a field that it does not have is empty.
 *
 * @param company whose token the request carries
 * @param merchantReference empty: none was sent
 * @param successUrl where the buyer returns to after an approval, if the provider is told that
 * @param failureUrl the same after a decline or cancel
 * @param preferredCrypto of a pay-out to a wallet
 * @param walletAddress of a pay-out to a wallet
 */
record PayInRequest(
        Company company,
        Psp psp,
        BigDecimal amount,
        String currency,
        String userId,
        String email,
        String merchantReference,
        String successUrl,
        String failureUrl,
        String preferredCrypto,
        String walletAddress) {

    static PayInRequest of(Company company, Psp psp, JsonNode json) {
        return new PayInRequest(
                company,
                psp,
                json.path("baseamount").decimalValue(),
                text(json, "currency"),
                text(json, "userId"),
                text(json, "email"),
                text(json, "merchantReference"),
                text(json, "hppSuccessUrl"),
                text(json, "hppFailureUrl"),
                text(json, "preferredCrypto"),
                text(json, "walletAddress"));
    }

    /** Currency and address of the wallet, as {@code BTC:<address>}; empty: there is none. */
    String wallet() {
        return walletAddress.isEmpty() ? "" : preferredCrypto + ":" + walletAddress;
    }

    static String text(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).textValue() : "";
    }
}
