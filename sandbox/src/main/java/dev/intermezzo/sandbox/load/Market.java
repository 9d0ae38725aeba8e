package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.shop.Buyer;
import java.util.Locale;
import java.util.Map;

/**
 * Where the buyers of one provider live and what they pay in: by this the sandbox merchant's routes lead to it, and where
 * they lead to several, the buyer chooses it.
 *
 * @param currency of their orders
 * @param country two letters, lower case as the shop sends them
 * @param phone digits only
 */
record Market(Psp provider, String currency, String country, String phone) {

    static Market of(Psp provider) {
        return switch (provider) {
            case PAYONE, GIGADAT -> new Market(provider, "CAD", "ca", "14165550100");
            case TRUST, FORUMPAY -> new Market(provider, "EUR", "lv", "37120000000");
            case CLEO -> new Market(provider, "MXN", "mx", "525555550100");
        };
    }

    /** Somebody who lives there; without a telephone number. */
    Buyer buyer(String email) {
        Buyer usual = Buyer.example(email);
        return new Buyer(usual.firstName(), usual.lastName(), email, "", country, usual.language());
    }

    /** What they type where our page asks for it. */
    Map<String, String> details() {
        return Map.of(
                "phone",
                phone,
                "firstName",
                "Avery",
                "lastName",
                "Example",
                "countryCode",
                country.toUpperCase(Locale.ROOT),
                "birthDate",
                "1990-01-15",
                "gender",
                "female");
    }
}
