package dev.intermezzo.ingress.pages;

import java.util.List;

/**
 * The box for a voucher's PIN. What was typed is never shown again.
 *
 * @param methods which of the offered ones take a voucher
 * @param pattern what a PIN must match without its blanks, as the page's script tests it too
 * @param least characters
 * @param most characters
 */
public record VoucherBox(List<String> methods, String pattern, int least, int most) {

    public VoucherBox {
        methods = List.copyOf(methods);
    }
}
