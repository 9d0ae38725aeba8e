package dev.intermezzo.ingress.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a method, and the voucher and the details that are missing for it.
 *
 * @param notice what happened before, else empty
 * @param begins number of the attempt that this is for
 */
record DetailsForm(
        String address,
        OrderSummary order,
        String notice,
        List<Choice> methods,
        @Nullable VoucherField voucher,
        List<DetailField> fields,
        Action.@Nullable Post back,
        int errors,
        int begins) {

    /**
     * The voucher's box as it is shown.
     *
     * @param methods that take one, separated by blanks; empty when there is no choice
     * @param error what was wrong with the PIN, else empty
     */
    record VoucherField(VoucherBox box, String methods, String error, boolean focused) {

        /** For {@code aria-invalid}. */
        String invalid() {
            return error.isEmpty() ? "false" : "true";
        }

        /** Ids of the elements that explain it. */
        String describedBy() {
            return error.isEmpty() ? "voucherPin-hint" : "voucherPin-hint voucherPin-error";
        }
    }
}
