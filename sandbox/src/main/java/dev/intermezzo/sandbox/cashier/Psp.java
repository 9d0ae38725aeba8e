package dev.intermezzo.sandbox.cashier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The providers behind the simulated Cashier: what each takes, answers and tells is in a file of its own. Providers that are
 * not here are not set up at the company's back office, and their calls are answered so: of BRITE, NEOSURF, WORLDPAY_EU and
 * EMERCHANTPAY too little is documented to simulate a success.
 */
public enum Psp {
    PAYONE,
    FORUMPAY,
    TRUST,
    CLEO,
    GIGADAT;

    static Optional<Psp> ofCode(String code) {
        return Arrays.stream(values()).filter(psp -> psp.name().equals(code)).findFirst();
    }

    /** Its part of a page's address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    PspRules rules() {
        return switch (this) {
            case PAYONE -> new PayOne();
            case FORUMPAY -> new ForumPay();
            case TRUST -> new Trust();
            case CLEO -> new Cleo();
            case GIGADAT -> new Gigadat();
        };
    }
}
