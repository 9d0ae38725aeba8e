package dev.intermezzo.ingress.api;

import java.util.Arrays;
import java.util.Optional;

/** What an API key allows. */
public enum ApiScope {
    PAYMENTS_READ("payments:read", false),
    PAYOUTS_READ("payouts:read", false),
    PAYOUTS_WRITE("payouts:write", true),
    REFUNDS_WRITE("refunds:write", true);

    private final String text;
    private final boolean movesMoney;

    ApiScope(String text, boolean movesMoney) {
        this.text = text;
        this.movesMoney = movesMoney;
    }

    /** As keys are issued with it and documents name it. */
    public String text() {
        return text;
    }

    /** Whether a key with it takes two persons to issue. */
    public boolean movesMoney() {
        return movesMoney;
    }

    /** Empty for a text that is no scope. */
    public static Optional<ApiScope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
