package dev.intermezzo.ingress.pages;

/**
 * One of several values to choose from.
 *
 * @param voucher a method that takes a voucher
 */
record Choice(String value, String label, boolean selected, boolean voucher) {

    Choice(String value, String label, boolean selected) {
        this(value, label, selected, false);
    }
}
