package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.shop.Buyer;
import java.util.Locale;
import java.util.Map;

/**
 * Where the buyers of one provider live and what they pay in: by this the sandbox merchant's routes lead to it, and where
 * they lead to several, the buyer chooses it.
 *
 * @param method the provider's code, as a choice on our page names it
 * @param currency of their orders
 * @param country two letters, lower case as the shop sends them
 * @param phone digits only
 * @param voucher the PIN of the voucher that they type; empty: they have none
 */
record Market(String method, String currency, String country, String phone, String voucher) {

    static Market of(Psp provider) {
        return switch (provider) {
            case PAYONE, GIGADAT -> canada(provider);
            case TRUST, FORUMPAY -> latvia(provider.name(), "");
            case CLEO -> new Market(provider.name(), "MXN", "mx", "525555550100", "");
            case WORLDPAY_EU -> new Market(provider.name(), "GBP", "gb", "442079460100", "");
            case NEOSURF, EMERCHANTPAY, BRITE ->
                throw new IllegalArgumentException("No order of a demonstration goes to " + provider + ".");
        };
    }

    /** Of somebody who pays with a voucher. */
    static Market ofVoucher(String pin) {
        return latvia("FLEXEPIN", pin);
    }

    private static Market canada(Psp provider) {
        return new Market(provider.name(), "CAD", "ca", "14165550100", "");
    }

    private static Market latvia(String method, String voucher) {
        return new Market(method, "EUR", "lv", "37120000000", voucher);
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
                "female",
                "voucherPin",
                voucher);
    }
}
