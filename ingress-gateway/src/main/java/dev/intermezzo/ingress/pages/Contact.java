package dev.intermezzo.ingress.pages;

import java.util.regex.Pattern;

/**
 * How a shop is reached, as its operator wrote it into the merchants file.
 *
 * @param address what a link leads to; empty for a text that is neither an e-mail address nor a telephone number
 */
record Contact(String text, String address) {

    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()/-]{4,28}[0-9]");

    static Contact of(String text) {
        if (EMAIL.matcher(text).matches()) {
            return new Contact(text, "mailto:" + text);
        }
        return PHONE.matcher(text).matches()
                ? new Contact(text, "tel:" + text.replaceAll("[^+0-9]", ""))
                : new Contact(text, "");
    }
}
