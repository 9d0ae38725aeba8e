package dev.intermezzo.ingress.pages;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses of a payment's page and of what can be done on it, relative to the site.
 *
 * @param look how often the page has been looked at since the provider sent the buyer back, as far as that matters; else 0
 * @param method what the page begins with where it asks for a method; empty: whatever comes first
 */
public record PageAddresses(String page, int look, String method) {

    /** With this the page leads on to the provider by itself: the buyer has just asked for it. */
    public static final String CONTINUE = "continue";

    /** With this a page without script looks for the outcome sooner the first times: the provider has just sent the buyer back. */
    public static final String LOOK = "look";

    /** With this a page that asks for a method begins with one: the buyer has just chosen it. */
    public static final String METHOD = "method";

    /** More looks than that are like any other. */
    static final int LOOKS = 3;

    private static final Pattern PROVIDER = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final Pattern COUNT = Pattern.compile("[1-" + LOOKS + "]");

    /** The addresses that belong to a token. */
    public static PageAddresses of(String token) {
        return new PageAddresses("/pay/" + token, 0, "");
    }

    /** The same as they are asked for, with {@link #LOOK} or without. */
    public PageAddresses looking(Optional<String> count) {
        return new PageAddresses(
                page,
                count.filter(text -> COUNT.matcher(text).matches())
                        .map(Integer::parseInt)
                        .orElse(0),
                method);
    }

    /** The same as they are asked for, with {@link #METHOD} or without; what is no provider's name counts as none. */
    public PageAddresses choosing(Optional<String> chosen) {
        return new PageAddresses(
                page,
                look,
                chosen.filter(text -> PROVIDER.matcher(text).matches()).orElse(""));
    }

    /** Where a provider's return leads. */
    public String returned() {
        return looked(1);
    }

    /** The page as it looks the next time. */
    String lookedAgain() {
        return look == 0 || look == LOOKS ? page : looked(look + 1);
    }

    private String looked(int count) {
        return page + '?' + LOOK + '=' + count;
    }

    public String onward() {
        return page + '?' + CONTINUE + "=1" + (method.isEmpty() ? "" : "&" + METHOD + '=' + method);
    }

    /** The page again, leading on if it did so before. */
    String same(boolean onward) {
        return onward ? onward() : page;
    }

    public String details() {
        return page + "/details";
    }

    public String again() {
        return page + "/again";
    }

    public String back() {
        return page + "/back";
    }

    String state() {
        return page + "/state";
    }
}
