package dev.intermezzo.cli.up;

import dev.intermezzo.cli.merchants.SandboxDestinations;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.sandbox.cashier.Psp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom the sandbox's merchant may pay out to besides its buyers: an invented person at each provider that pays out.
 *
 * @param destination its name among the merchant's destinations
 * @param details by name, as a payee's file has them
 */
public record SandboxPayee(String destination, Psp provider, Map<String, String> details) {
    /** On Bitcoin's test network; the address is an example of BIP 173. */
    private static final Map<String, String> WALLET =
            Map.of(Payee.CRYPTO_CURRENCY, "BTC", Payee.WALLET_ADDRESS, "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx");

    /** One for each provider. */
    public static final List<SandboxPayee> ALL = List.of(
            person("demo-supplier", Psp.PAYONE, Map.of()),
            person("demo-transfer", Psp.GIGADAT, Map.of("ipAddress", "192.0.2.7")),
            person("demo-wallet", Psp.FORUMPAY, WALLET));

    public SandboxPayee {
        details = Map.copyOf(details);
    }

    /** By which the simulated Cashier knows the person. */
    public String email() {
        return details.getOrDefault("email", "");
    }

    /** The wallet as the simulated Cashier's journal has it; empty: there is none. */
    public String wallet() {
        return details.containsKey(Payee.WALLET_ADDRESS)
                ? details.get(Payee.CRYPTO_CURRENCY) + ":" + details.get(Payee.WALLET_ADDRESS)
                : "";
    }

    SandboxDestinations.Wanted wanted() {
        Payee payee = switch (Payee.of(details)) {
            case Payee.Reading.Read(Payee read) -> read;
            case Payee.Reading.Unknown unknown ->
                throw new IllegalStateException("a payee of the sandbox has no " + unknown.names());
        };
        return new SandboxDestinations.Wanted(destination, provider.name(), payee);
    }

    private static SandboxPayee person(String destination, Psp provider, Map<String, String> more) {
        Map<String, String> details = new HashMap<>(Map.of(
                "email", destination + "@payee.example",
                "firstName", "Mia",
                "lastName", "Example",
                "phone", "14165550111",
                "countryCode", "CA"));
        details.putAll(more);
        return new SandboxPayee(destination, provider, details);
    }
}
