package dev.intermezzo.ingress.pages;

/**
 * The switch of languages at a page's foot, one entry per language that {@link Texts} has. It needs no script: its entries
 * are links, or buttons of the page's form where something may have been typed already. It stands last, so that a form's
 * own button is the one that the enter key presses.
 *
 * @param prefix what a language's code is appended to for its link; empty with a form
 * @param form id of the form whose buttons the entries are, else empty
 */
public record Languages(String prefix, String form) {

    /** Query parameter and form field. Providers append parameters of their own to return addresses, none called so. */
    public static final String PARAMETER = "page-language";

    /** Links that ask for the same page again; empty means the address that the browser is at. */
    static Languages linked(String address) {
        return new Languages(address + '?' + PARAMETER + '=', "");
    }

    /** Buttons of a form, which bring along what was typed. */
    static Languages submitted(String form) {
        return new Languages("", form);
    }

    /** Links within a page that holds every language: it answers a form and cannot be asked for again. */
    static Languages withinPage() {
        return new Languages("#", "");
    }

    boolean inPlace() {
        return prefix.equals("#");
    }
}
