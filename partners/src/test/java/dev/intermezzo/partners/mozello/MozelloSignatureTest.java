package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MozelloSignatureTest {

    private static final MozelloKey OTHER = MozelloKey.of("other-key", "MZL-P-0-another");
    private static final TestForm FORM = TestForm.documented();
    private static final String SIGNATURE = MozelloSignature.sign(FORM.form(), TestForm.KEY);

    static Stream<Arguments> misshapen() {
        byte[] raw = Base64.getDecoder().decode(SIGNATURE);
        return Stream.of(
                Arguments.of("", "signature-missing"),
                Arguments.of(HexFormat.of().formatHex(raw), "signature-hex"),
                Arguments.of(HexFormat.of().withUpperCase().formatHex(raw), "signature-hex"),
                Arguments.of(SIGNATURE.substring(0, 40), "signature-length"),
                Arguments.of(SIGNATURE.substring(0, 43), "signature-length"),
                Arguments.of(SIGNATURE + "AAAA", "signature-not-base64"),
                Arguments.of("AAAA" + SIGNATURE, "signature-length"),
                Arguments.of("-_-_" + SIGNATURE.substring(4), "signature-not-base64"),
                Arguments.of(SIGNATURE + "\n", "signature-not-base64"),
                Arguments.of(" " + SIGNATURE, "signature-not-base64"),
                Arguments.of("ļ".repeat(44), "signature-not-base64"),
                Arguments.of("A".repeat(43) + "=", "signature-wrong"));
    }

    @ParameterizedTest
    @MethodSource("misshapen")
    void a_signature_of_another_shape_is_refused_with_its_own_code(String signature, String code) {
        MozelloForm form = FORM.appended("signature", signature).form();

        assertThat(code(form, TestForm.KEY)).isEqualTo(code);
    }

    @Test
    void a_form_without_a_signature_is_refused() {
        assertThat(code(FORM.form(), TestForm.KEY)).isEqualTo("signature-missing");
    }

    @Test
    void another_base64_spelling_of_the_right_bytes_is_refused() {
        // 32 bytes leave two unused bits in the last character; a lenient decoder ignores them.
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char respelt = alphabet.charAt(alphabet.indexOf(SIGNATURE.charAt(42)) + 1);
        String other = SIGNATURE.substring(0, 42) + respelt + "=";
        assertThat(Base64.getDecoder().decode(other))
                .isEqualTo(Base64.getDecoder().decode(SIGNATURE));

        assertThat(code(FORM.appended("signature", other).form(), TestForm.KEY)).isEqualTo("signature-wrong");
    }

    @Test
    void a_signature_of_another_key_is_refused() {
        assertThat(code(FORM.signed().form(), OTHER)).isEqualTo("signature-wrong");
    }

    @Test
    void the_verdict_names_the_key_that_matched() {
        List<MozelloKey> candidates = List.of(OTHER, TestForm.KEY, MozelloKey.of("third", "third"));

        assertThat(MozelloSignature.verify(FORM.signed().form(), candidates))
                .isEqualTo(new SignatureVerdict.Valid("shop-key"));
    }

    @Test
    void a_form_for_which_there_is_no_key_gets_the_verdict_of_a_wrong_signature() {
        assertThat(MozelloSignature.verify(FORM.signed().form(), List.of()))
                .isEqualTo(MozelloSignature.verify(FORM.signed().form(), List.of(OTHER)));
    }

    @Test
    void a_repeated_signature_counts_with_its_last_value_and_is_remembered() {
        MozelloForm lastWrong =
                FORM.signed().appended("signature", "A".repeat(43) + "=").form();
        MozelloForm lastRight =
                FORM.appended("signature", "x").appended("signature", SIGNATURE).form();

        assertThat(code(lastWrong, TestForm.KEY)).isEqualTo("signature-wrong");
        assertThat(MozelloSignature.verify(lastRight, List.of(TestForm.KEY)))
                .isEqualTo(new SignatureVerdict.Valid("shop-key"));
        assertThat(lastRight.repeated()).containsExactly("signature");
    }

    @Test
    void a_value_that_is_not_utf8_is_signed_as_its_bytes() {
        TestForm form =
                FORM.insertedField("billing_company", new FormField("x", new byte[] {(byte) 0xff, 0, (byte) 0xc3}));

        assertThat(MozelloSignature.verify(form.signed().form(), List.of(TestForm.KEY)))
                .isInstanceOf(SignatureVerdict.Valid.class);
        assertThat(code(form.with("x", "\ufffd\u0000\ufffd").signedAs(form).form(), TestForm.KEY))
                .isEqualTo("signature-wrong");
    }

    @Test
    void a_webhook_body_written_again_no_longer_has_its_hash() {
        byte[] body = {'{', '}'};
        byte[] rewritten = {'{', ' ', '}'};
        String hash = WebhookHash.sign(body, TestForm.KEY);

        assertThat(WebhookHash.verify(rewritten, hash, List.of(TestForm.KEY)))
                .isInstanceOf(SignatureVerdict.Invalid.class);
        assertThat(WebhookHash.verify(body, null, List.of(TestForm.KEY))).isInstanceOf(SignatureVerdict.Invalid.class);
        assertThat(WebhookHash.verify(body, hash, List.of(TestForm.KEY))).isInstanceOf(SignatureVerdict.Valid.class);
    }

    @Test
    void a_key_is_never_empty_and_never_printed() {
        assertThat(TestForm.KEY).hasToString("MozelloKey[shop-key]");
        assertThatIllegalArgumentException().isThrownBy(() -> MozelloKey.of("shop-key", ""));
    }

    private static String code(MozelloForm form, MozelloKey key) {
        SignatureVerdict verdict = MozelloSignature.verify(form, List.of(key));
        assertThat(verdict).isInstanceOf(SignatureVerdict.Invalid.class);
        return ((SignatureVerdict.Invalid) verdict).code();
    }
}
