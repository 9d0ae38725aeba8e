package dev.intermezzo.sandbox.cashier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The providers behind the simulated Cashier: what each takes, answers and tells is in a file of its own. Of
 * {@link #NEOSURF}, {@link #EMERCHANTPAY} and {@link #BRITE} no present success is documented: a company has not set them up,
 * and their calls are answered so, until {@link SimulatedCashier#setUp} says otherwise.
 */
public enum Psp {
    PAYONE,
    FORUMPAY,
    TRUST,
    CLEO,
    GIGADAT,
    WORLDPAY_EU,
    NEOSURF,
    EMERCHANTPAY,
    BRITE;

    static Optional<Psp> ofCode(String code) {
        return Arrays.stream(values()).filter(psp -> psp.name().equals(code)).findFirst();
    }

    /** Its part of a page's address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a company has set it up from the beginning. */
    boolean setUpAtFirst() {
        return switch (this) {
            case PAYONE, FORUMPAY, TRUST, CLEO, GIGADAT, WORLDPAY_EU -> true;
            case NEOSURF, EMERCHANTPAY, BRITE -> false;
        };
    }

    PspRules rules() {
        return switch (this) {
            case PAYONE -> new PayOne();
            case FORUMPAY -> new ForumPay();
            case TRUST -> new Trust();
            case CLEO -> new Cleo();
            case GIGADAT -> new Gigadat();
            case WORLDPAY_EU -> new Worldpay();
            case NEOSURF -> new Neosurf();
            case EMERCHANTPAY -> new Emerchantpay();
            case BRITE -> new Brite();
        };
    }

    /** Whether its buyers are sent to a page of its own. */
    boolean opensPage() {
        return rules() instanceof PageRules;
    }

    /**
     * The rules of its page.
     *
     * @throws IllegalStateException when it has none
     */
    PageRules page() {
        if (rules() instanceof PageRules page) {
            return page;
        }
        throw new IllegalStateException(this + " sends nobody to a page.");
    }
}
