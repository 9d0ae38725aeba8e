package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One company at Mozarto: its credentials, and what it set in the back office. */
final class Company {

    private final UserTokenCheck userTokens;
    private final Set<Psp> setUp = ConcurrentHashMap.newKeySet();
    private volatile BackOffice backOffice;

    Company(ObjectMapper json, String secretKey, BackOffice backOffice) {
        this.userTokens = new UserTokenCheck(json, secretKey);
        this.backOffice = backOffice;
        Arrays.stream(Psp.values()).filter(Psp::setUpAtFirst).forEach(setUp::add);
    }

    /** From now on its calls to this provider are taken. */
    void setUp(Psp psp) {
        setUp.add(psp);
    }

    boolean hasSetUp(Psp psp) {
        return setUp.contains(psp);
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
