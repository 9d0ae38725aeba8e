package dev.intermezzo.ingress.pages;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds a page's content.
 *
 * @param test whether the page says TEST
 * @param languages the switch of languages
 * @param live present when the page changes by itself
 * @param forward present when the page leads on by itself
 * @param form whether the page holds a form that its script checks before it is sent
 */
record Frame(
        Texts texts,
        Assets assets,
        String title,
        boolean test,
        Languages languages,
        @Nullable Live live,
        @Nullable Forward forward,
        boolean form) {

    /**
     * How a page learns that it is outdated.
     *
     * @param page address of the page itself, to be asked for again; the browser may be at that of a form's answer
     * @param address of the state, for the script
     * @param sequence of the view that is shown; -1: none
     * @param state the state that is shown
     * @param shown the address that the page already offers, else empty; the script does not go there by itself
     * @param reload without the script the page goes there
     * @param reloadSeconds after so long
     */
    record Live(
            String page, String address, long sequence, String state, String shown, String reload, int reloadSeconds) {}

    /**
     * Where the page goes by itself; a verified address. With the script it stays once the reader has pressed a key or
     * touched it.
     *
     * @param seconds left to read; 0: at once
     */
    record Forward(String address, int seconds) {}

    boolean scripted() {
        return form || live != null || (forward != null && forward.seconds() > 0);
    }

    Frame changing(Live how) {
        return new Frame(texts, assets, title, test, languages, how, forward, form);
    }

    Frame leadingTo(Forward where) {
        return new Frame(texts, assets, title, test, languages, live, where, form);
    }

    Frame withForm() {
        return new Frame(texts, assets, title, test, languages, live, forward, true);
    }
}
