package dev.intermezzo.ingress.pages;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds a page's content.
 *
 * @param test whether the page says TEST
 * @param live present when the page changes by itself
 * @param forward present when the page leads on by itself
 */
record Frame(
        Texts texts,
        Assets assets,
        String title,
        boolean test,
        @Nullable Live live,
        @Nullable Forward forward) {

    /**
     * How a page learns that it is outdated.
     *
     * @param address of the state, for the script
     * @param sequence of the view that is shown; -1: none
     * @param state the state that is shown
     * @param shown the address that the page already offers, else empty; the script does not go there by itself
     * @param reloadSeconds without the script the page reloads so often
     */
    record Live(String address, long sequence, String state, String shown, int reloadSeconds) {}

    /** Where the page goes by itself; a verified address. */
    record Forward(String address, int seconds) {}
}
