package dev.intermezzo.partners.mozarto;

import java.util.Locale;

/**
 * By which of two headers an account tells Mozarto who the buyer is (Mozarto Cashier API, authentication: "one of these
 * two"). A setting of the account, {@code user-context}.
 */
public enum UserContextMode {
    /** {@value UserToken#HEADER}: a token that Mozarto reads by itself. */
    TOKEN,
    /** {@value SessionTokens#HEADER}: a token that only we can read; Mozarto hands it back and asks who that is. */
    SESSION;

    /** By its name as records hold it. A word that this build does not know is {@link #TOKEN}, the usual way. */
    public static UserContextMode of(String word) {
        return word.equals(SESSION.name()) ? SESSION : TOKEN;
    }

    /** As it stands in a merchants file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
