package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Repeat;
import dev.intermezzo.ingress.pages.PaymentPage;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.MozelloForm;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form of one of our own pages, read by the same strict and bounded reader as the shops' forms. */
final class FormFields {

    private static final int MOST_BYTES = 16 * 1024;

    /** Of at most eight; a ninth form is turned down by its decision. */
    private static final Pattern ATTEMPTS = Pattern.compile("[1-9]");

    private final MozelloForm form;

    private FormFields(MozelloForm form) {
        this.form = form;
    }

    /** Empty when the body is no such form. */
    static Optional<FormFields> of(EdgeRequest request) {
        return request.body(MOST_BYTES)
                .map(body -> MozelloForm.read(body, request.contentType()))
                .flatMap(reading -> switch (reading) {
                    case FormReading.Form readable -> Optional.of(new FormFields(readable.form()));
                    case FormReading.Unreadable unreadable -> Optional.empty();
                });
    }

    /** The same form, to be sent again. No page holds a voucher's PIN, not even for the browser that has just sent it. */
    Optional<Repeat> repeat(String address) {
        return text(Instrument.Voucher.FIELD).isEmpty() ? Repeat.of(address, form) : Optional.empty();
    }

    /** The attempt that the form was shown to begin; null when it does not say so, as one of an older build does not. */
    @Nullable
    Integer attempt() {
        String number = text(PaymentPage.ATTEMPT);
        return ATTEMPTS.matcher(number).matches() ? Integer.valueOf(number) : null;
    }

    /** A field's text; empty when the form does not have it. */
    String text(String name) {
        return form.value(name).orElse("");
    }
}
