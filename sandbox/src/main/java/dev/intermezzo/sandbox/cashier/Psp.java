package dev.intermezzo.sandbox.cashier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The providers behind the simulated Cashier. */
public enum Psp {
    /** "PayOne" page: Interac, CAD only; its webhook has no currency and an empty reference. */
    PAYONE("First Example Bank"),
    /** "ForumPay" page: crypto for an amount in ordinary money; the answer is not shown to name a transaction. */
    FORUMPAY("Example Coin Desk"),
    /** "Trust Payments" page: a hosted page that works once, for five minutes after its issue. */
    TRUST("Example Card House");

    private final String brand;

    Psp(String brand) {
        this.brand = brand;
    }

    static Optional<Psp> ofCode(String code) {
        return Arrays.stream(values()).filter(psp -> psp.name().equals(code)).findFirst();
    }

    /** Its part of a page's address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The invented name above its page. */
    String brand() {
        return brand;
    }
}
