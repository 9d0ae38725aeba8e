package dev.intermezzo.ingress.pages;

/** Addresses of a payment's page and of what can be done on it, relative to the site. */
public record PageAddresses(String page) {

    /** With this the page leads on to the provider by itself: the buyer has just asked for it. */
    public static final String CONTINUE = "continue";

    /** The addresses that belong to a token. */
    public static PageAddresses of(String token) {
        return new PageAddresses("/pay/" + token);
    }

    public String onward() {
        return page + '?' + CONTINUE + "=1";
    }

    /** The page again, leading on if it did so before. */
    String same(boolean onward) {
        return onward ? onward() : page;
    }

    String details() {
        return page + "/details";
    }

    String again() {
        return page + "/again";
    }

    String back() {
        return page + "/back";
    }

    String state() {
        return page + "/state";
    }
}
