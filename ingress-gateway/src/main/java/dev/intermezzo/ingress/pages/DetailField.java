package dev.intermezzo.ingress.pages;

import java.util.List;

/**
 * One field of the details form.
 *
 * @param options values to choose from; empty for a text field
 * @param error what is wrong with the value, else empty
 * @param focused whether the cursor starts here
 * @param pattern what the script lets pass; empty: anything
 * @param methods the methods that it is for, separated by blanks; empty: all
 */
record DetailField(
        String name,
        String label,
        String hint,
        String type,
        String autocomplete,
        String value,
        List<Choice> options,
        String error,
        boolean focused,
        String pattern,
        String methods) {

    /** For {@code aria-invalid}. */
    String invalid() {
        return error.isEmpty() ? "false" : "true";
    }

    /** Ids of the elements that explain the field; absent texts have none. */
    String describedBy() {
        String byHint = hint.isEmpty() ? "" : name + "-hint";
        String byError = error.isEmpty() ? "" : name + "-error";
        return (byHint + ' ' + byError).strip();
    }
}
