package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Repeat;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.MozelloForm;
import java.util.Optional;
import java.util.function.Function;

/** What every checkout has in common: a form in the body, and a way back when it is refused. */
final class FormIntake {

    /** Query parameter of a form that a page of ours sends again; only the body is signed. */
    private static final String AGAIN = "again";

    private FormIntake() {}

    /** Reads the form and goes on with it, or says why it cannot be read. */
    static Reply read(EdgeRequest request, Function<MozelloForm, Reply> next) {
        Optional<byte[]> body = request.body(MozelloForm.MAX_BODY_BYTES);
        if (body.isEmpty()) {
            return refused(Refusal.of(413, "body-too-large", "error.too-large"));
        }
        return switch (MozelloForm.read(body.get(), request.contentType())) {
            case FormReading.Unreadable unreadable -> refused(unreadable(unreadable));
            case FormReading.Form readable -> next.apply(readable.form());
        };
    }

    /** Whether a page of ours sent the form. */
    static boolean isAgain(EdgeRequest request) {
        return request.query(AGAIN).isPresent();
    }

    /**
     * A refusal of a form that the shop signed speaks the shop's language, and may offer the form again.
     *
     * @param path where the same form is taken
     * @param test whether the shop is one for tests
     */
    static Reply placed(Reply reply, MozelloForm form, String path, boolean test) {
        if (!(reply instanceof Reply.Refused refused)) {
            return reply;
        }
        String language = form.value("language_code").orElse("");
        return refused.at(new Reply.Place(language, "", test)).repeatable(Repeat.of(path + "?" + AGAIN + "=1", form));
    }

    static Reply refused(Refusal refusal) {
        return new Reply.Refused(refusal);
    }

    private static Refusal unreadable(FormReading.Unreadable unreadable) {
        int status = switch (unreadable.code()) {
            case "content-type-unsupported" -> 415;
            case "body-too-large" -> 413;
            default -> 400;
        };
        return Refusal.of(status, unreadable.code(), "error.form", unreadable.sentence());
    }
}
