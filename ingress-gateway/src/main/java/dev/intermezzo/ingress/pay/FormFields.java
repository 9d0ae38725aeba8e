package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Repeat;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.MozelloForm;
import java.util.Optional;

/** A form of one of our own pages, read by the same strict and bounded reader as the shops' forms. */
final class FormFields {

    private static final int MOST_BYTES = 16 * 1024;

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

    /** A field's text; empty when the form does not have it. */
    String text(String name) {
        return form.value(name).orElse("");
    }
}
