package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.ObjectMapper;

/** One company at Mozarto: its credentials, and what it set in the back office. */
final class Company {

    private final UserTokenCheck userTokens;
    private volatile BackOffice backOffice;

    Company(ObjectMapper json, String secretKey, BackOffice backOffice) {
        this.userTokens = new UserTokenCheck(json, secretKey);
        this.backOffice = backOffice;
    }

    UserTokenCheck userTokens() {
        return userTokens;
    }

    BackOffice backOffice() {
        return backOffice;
    }

    void configure(BackOffice settings) {
        this.backOffice = settings;
    }

    /** Nothing of its secrets. */
    @Override
    public String toString() {
        return "Company[" + backOffice + "]";
    }
}
