package dev.intermezzo.ingress.pages;

import dev.intermezzo.schemas.avro.PaymentView;
import java.util.Optional;

/**
 * What the pages of one payment are made of.
 *
 * @param provider where the buyer pays, if anywhere now
 * @param usedElsewhere the provider's page works only once and was opened already
 * @param pageOver the time of the provider's page is over
 * @param success verified address to go to after an approval; empty when it may not be offered
 * @param failure verified address to go back to; empty when it may not be offered
 * @param supportContact how the shop is reached, if it says so
 * @param onward whether the buyer has just asked to be led on
 * @param confirmationMissing whether another attempt was asked for without the confirmation that it needs
 * @param voucherTried whether the latest attempt redeems a voucher instead of opening a page
 */
public record PaymentPage(
        PaymentView view,
        Texts texts,
        PageAddresses addresses,
        Optional<String> provider,
        boolean usedElsewhere,
        boolean pageOver,
        Optional<String> success,
        Optional<String> failure,
        Optional<String> supportContact,
        boolean onward,
        boolean confirmationMissing,
        boolean voucherTried) {

    /** Hidden field of a form that begins an attempt: the number of the one that it was shown for. */
    public static final String ATTEMPT = "attempt";

    /** The number of the attempt that this page's forms begin. */
    int nextAttempt() {
        return view.getAttempts().size() + 1;
    }

    /** The same page after a wish that was not confirmed. */
    public PaymentPage withConfirmationMissing() {
        return new PaymentPage(
                view,
                texts,
                addresses,
                provider,
                usedElsewhere,
                pageOver,
                success,
                failure,
                supportContact,
                onward,
                true,
                voucherTried);
    }
}
