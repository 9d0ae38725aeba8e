package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormPropertiesTest {

    private static final MozelloKey KEY = TestForm.KEY;

    @Property
    void what_is_written_is_read_back_in_order(@ForAll("forms") List<FormField> fields, @ForAll FormEncoding encoding) {
        EncodedForm written = encoding.encode(fields);

        assertThat(read(written).fields()).isEqualTo(fields);
    }

    @Property
    void any_name_survives_urlencoding(@ForAll("anyNames") String name, @ForAll byte[] value) {
        List<FormField> fields = List.of(new FormField(name, value));

        assertThat(read(FormEncoding.URLENCODED.encode(fields)).fields()).isEqualTo(fields);
    }

    @Property
    void writing_is_deterministic(@ForAll("forms") List<FormField> fields, @ForAll FormEncoding encoding) {
        EncodedForm again = encoding.encode(List.copyOf(fields));

        assertThat(encoding.encode(fields).contentType()).isEqualTo(again.contentType());
        assertThat(encoding.encode(fields).body()).isEqualTo(again.body());
    }

    @Property
    void what_is_signed_is_valid_wherever_the_signature_stands(
            @ForAll("forms") List<FormField> fields, @ForAll FormEncoding encoding, @ForAll int position) {
        List<FormField> signed = new ArrayList<>(fields);
        FormField signature = FormField.of("signature", MozelloSignature.sign(MozelloForm.of(fields), KEY));
        signed.add(Math.floorMod(position, fields.size() + 1), signature);

        assertThat(MozelloSignature.verify(read(encoding.encode(signed)), List.of(KEY)))
                .isEqualTo(new SignatureVerdict.Valid(KEY.id()));
    }

    @Property
    void a_flipped_bit_in_any_value_makes_the_signature_wrong(
            @ForAll("forms") List<FormField> fields, @ForAll int which, @ForAll int where) {
        FormField victim = fields.get(Math.floorMod(which, fields.size()));
        byte[] value = victim.bytes();
        Assume.that(value.length > 0);
        value[Math.floorMod(where, value.length)] ^= (byte) (1 << Math.floorMod(where, 8));
        List<FormField> changed = new ArrayList<>(fields);
        changed.set(Math.floorMod(which, fields.size()), new FormField(victim.name(), value));
        changed.add(FormField.of("signature", MozelloSignature.sign(MozelloForm.of(fields), KEY)));

        assertThat(MozelloSignature.verify(MozelloForm.of(changed), List.of(KEY)))
                .isInstanceOfSatisfying(
                        SignatureVerdict.Invalid.class,
                        invalid -> assertThat(invalid.code()).isEqualTo("signature-wrong"));
    }

    @Property
    void a_changed_character_of_the_signature_makes_it_invalid(@ForAll int where, @ForAll char other) {
        StringBuilder signature =
                new StringBuilder(MozelloSignature.sign(TestForm.documented().form(), KEY));
        int index = Math.floorMod(where, signature.length());
        Assume.that(signature.charAt(index) != other);
        signature.setCharAt(index, other);
        MozelloForm form = TestForm.documented()
                .appended("signature", signature.toString())
                .form();

        assertThat(MozelloSignature.verify(form, List.of(KEY))).isInstanceOf(SignatureVerdict.Invalid.class);
    }

    @Property
    void any_bytes_are_judged_without_an_exception(@ForAll byte[] body, @ForAll("contentTypes") String contentType) {
        assertThat(MozelloCheckoutVerifier.verify(body, contentType, List.of(KEY), TestForm.RULES)
                        .valid())
                .isFalse();
    }

    @Property
    void a_damaged_multipart_body_is_judged_without_an_exception(
            @ForAll("forms") List<FormField> fields, @ForAll int where, @ForAll byte other) {
        EncodedForm written = FormEncoding.MULTIPART.encode(fields);
        byte[] damaged = written.body();
        damaged[Math.floorMod(where, damaged.length)] = other;

        assertThat(MozelloForm.read(damaged, written.contentType())).isNotNull();
    }

    @Property
    void moving_a_boundary_of_the_head_never_leaves_an_acceptable_form(
            @ForAll("cuts") int cut, @ForAll("headNames") String left) {
        // The boundary after `left` moves by `cut` characters; the joined values, and so the signature, stay as they
        // are.
        List<FormField> fields = new ArrayList<>(TestForm.documented().fields());
        int index = List.of("order_uuid", "invoice_id", "amount", "currency").indexOf(left);
        String joined = fields.get(index).text() + fields.get(index + 1).text();
        int boundary = fields.get(index).text().length() + cut;
        Assume.that(cut != 0 && boundary >= 0 && boundary <= joined.length());
        fields.set(index, FormField.of(left, joined.substring(0, boundary)));
        fields.set(index + 1, FormField.of(fields.get(index + 1).name(), joined.substring(boundary)));
        TestForm recut = new TestForm(List.copyOf(fields)).signedAs(TestForm.documented());

        CheckoutVerification verdicts = MozelloCheckoutVerifier.verify(recut.form(), List.of(KEY), TestForm.RULES);

        assertThat(verdicts.signatureValid()).isTrue();
        assertThat(verdicts.admissibility()).isInstanceOf(AdmissibilityVerdict.Refused.class);
    }

    @Example
    void a_multipart_value_that_holds_the_callers_boundary_is_a_bug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormEncoding.multipart(List.of(FormField.of("a", "x--bound-x")), "bound"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormEncoding.MULTIPART.encode(List.of(FormField.of("a\"b", "x"))));
    }

    @Provide
    Arbitrary<List<FormField>> forms() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('_', '.', '-')
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(name -> !name.equals("signature"));
        Arbitrary<byte[]> values = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                Arbitraries.strings().ofMaxLength(30).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.of("\r\n", "\r\n--", "--", "&=+%", "%41", "")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
        return Combinators.combine(names, values)
                .as(FormField::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .uniqueElements(FormField::name);
    }

    @Provide
    Arbitrary<String> anyNames() {
        // A lone surrogate is not text and has no UTF-8.
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> StandardCharsets.UTF_8.newEncoder().canEncode(name));
    }

    @Provide
    Arbitrary<String> contentTypes() {
        return Arbitraries.of(
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=b",
                "multipart/form-data",
                "",
                ";;=");
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(-36, 40);
    }

    @Provide
    Arbitrary<String> headNames() {
        return Arbitraries.of("order_uuid", "invoice_id", "amount", "currency");
    }

    private static MozelloForm read(EncodedForm written) {
        FormReading reading = MozelloForm.read(written.body(), written.contentType());
        assertThat(reading).isInstanceOf(FormReading.Form.class);
        return ((FormReading.Form) reading).form();
    }
}
