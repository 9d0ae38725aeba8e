package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckoutVerificationTest {

    private static final TestForm FORM = TestForm.documented();

    @Test
    void a_signed_admissible_form_is_valid() {
        CheckoutVerification verdicts = verify(FORM.signed());

        assertThat(verdicts.signatureValid()).isTrue();
        assertThat(verdicts.acceptable()).isTrue();
        assertThat(verdicts.valid()).isTrue();
        assertThat(verdicts.code()).isEqualTo("valid");
        assertThat(verdicts.reason()).contains("shop-key");
    }

    @Test
    void the_two_judgements_do_not_know_each_other() {
        CheckoutVerification unsigned = verify(FORM);
        CheckoutVerification inadmissible = verify(FORM.with("amount", "0").signed());

        assertThat(unsigned.signatureValid()).isFalse();
        assertThat(unsigned.acceptable()).isTrue();
        assertThat(unsigned.valid()).isFalse();
        assertThat(inadmissible.signatureValid()).isTrue();
        assertThat(inadmissible.acceptable()).isFalse();
        assertThat(inadmissible.valid()).isFalse();
        assertThat(inadmissible.code()).isEqualTo("amount-zero");
    }

    @Test
    void who_cannot_sign_learns_nothing_of_the_merchants_settings() {
        CheckoutVerification verdicts = verify(FORM.with("currency", "USD").appended("signature", "x"));

        assertThat(verdicts.code()).isEqualTo("signature-length");
        assertThat(verdicts.reason()).doesNotContain("currency");
    }

    @Test
    void a_held_form_is_signed_but_not_acceptable_and_says_why() {
        CheckoutVerification verdicts =
                verify(FORM.with("success_url", "https://other.example/").signed());

        assertThat(verdicts.signatureValid()).isTrue();
        assertThat(verdicts.acceptable()).isFalse();
        assertThat(verdicts.valid()).isFalse();
        assertThat(verdicts.code()).isEqualTo("host-unlisted");
        assertThat(verdicts.reason()).contains("other.example");
    }

    @Test
    void a_body_that_is_no_form_fails_both_judgements_with_the_readers_code() {
        CheckoutVerification verdicts = MozelloCheckoutVerifier.verify(
                "{}".getBytes(StandardCharsets.UTF_8), "application/json", List.of(TestForm.KEY), TestForm.RULES);

        assertThat(verdicts.signatureValid()).isFalse();
        assertThat(verdicts.acceptable()).isFalse();
        assertThat(verdicts.code()).isEqualTo("content-type-unsupported");
    }

    private static CheckoutVerification verify(TestForm form) {
        EncodedForm body = FormEncoding.URLENCODED.encode(form.fields());
        return MozelloCheckoutVerifier.verify(body.body(), body.contentType(), List.of(TestForm.KEY), TestForm.RULES);
    }
}
