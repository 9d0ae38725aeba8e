package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shopper can do to a form under its valid signature, and what becomes of it. */
class ForgedFormsTest {

    /** What Mozello signed; the buyer typed the billing texts, some of them with intent. */
    private static final TestForm ORIGINAL = TestForm.documented();

    static Stream<Arguments> forgeries() {
        TestForm company = ORIGINAL.with("billing_company", "0.02");
        TestForm name = ORIGINAL.with("billing_first_name", "0.02").with("billing_last_name", "EUR");
        TestForm address = ORIGINAL.with("billing_street", "11111111-2222-3333-4444-555555555555")
                .with("billing_city", "M-1111111111-1111111111")
                .with("billing_state", "0.02")
                .with("billing_zip", "EUR");
        return Stream.of(
                Arguments.of(
                        "amount and company exchange their names",
                        company,
                        company.renamed("amount", "swap")
                                .renamed("billing_company", "amount")
                                .renamed("swap", "billing_company"),
                        "form-recut"),
                Arguments.of(
                        "amount is renamed and the company takes its name",
                        company,
                        company.renamed("amount", "x").renamed("billing_company", "amount"),
                        "form-recut"),
                Arguments.of(
                        "the real amount and currency hide in an unknown field before a forged amount",
                        name,
                        name.without("amount")
                                .with("currency", "149.90EUR")
                                .renamed("currency", "x")
                                .renamed("billing_first_name", "amount")
                                .renamed("billing_last_name", "currency"),
                        "form-recut"),
                Arguments.of(
                        "the buyer's address holds the head of another order",
                        address,
                        secondHead(address),
                        "form-recut"),
                Arguments.of(
                        "a digit moves from the amount to the invoice number",
                        ORIGINAL,
                        ORIGINAL.with("invoice_id", "M-1234567890-12345678901").with("amount", "49.90"),
                        "invoice-malformed"),
                Arguments.of(
                        "the invoice number's last digit moves to the amount",
                        ORIGINAL,
                        ORIGINAL.with("invoice_id", "M-1234567890-123456789").with("amount", "0149.90"),
                        "invoice-malformed"),
                Arguments.of(
                        "a decimal moves from the amount to the currency",
                        ORIGINAL,
                        ORIGINAL.with("amount", "149.9").with("currency", "0EUR"),
                        "currency-not-used"),
                Arguments.of(
                        "the amount is renamed and nothing takes its place",
                        ORIGINAL,
                        ORIGINAL.renamed("amount", "x"),
                        "field-missing"),
                Arguments.of(
                        "the amount is renamed and an empty field takes its place",
                        ORIGINAL,
                        ORIGINAL.renamed("amount", "x").renamed("billing_state", "amount"),
                        "field-missing"));
    }

    /** The original, and the same values under names that make its first four an unknown prefix. */
    private static TestForm secondHead(TestForm original) {
        return original.renamed("order_uuid", "x1")
                .renamed("invoice_id", "x2")
                .renamed("amount", "x3")
                .renamed("currency", "x4")
                .renamed("billing_street", "order_uuid")
                .renamed("billing_city", "invoice_id")
                .renamed("billing_state", "amount")
                .renamed("billing_zip", "currency");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void a_form_recut_under_its_signature_is_refused(String what, TestForm original, TestForm forged, String code) {
        TestForm signed = forged.signedAs(original);

        CheckoutVerification verdicts =
                MozelloCheckoutVerifier.verify(signed.form(), List.of(TestForm.KEY), TestForm.RULES);

        assertThat(verdicts.signatureValid()).as(what).isTrue();
        assertThat(verdicts.acceptable()).as(what).isFalse();
        assertThat(verdicts.code()).as(what).isEqualTo(code);
    }

    @Test
    void the_official_tampered_cases_are_signed_and_refused() {
        List<Vector> tampered =
                Vector.all().stream().filter(vector -> vector.has("tampered")).toList();

        assertThat(tampered).hasSize(2).allSatisfy(vector -> {
            CheckoutVerification verdicts = verify(vector);
            assertThat(verdicts.signatureValid()).isTrue();
            assertThat(verdicts.admissibility()).isInstanceOf(AdmissibilityVerdict.Refused.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"checkout-01-ascii-full", "checkout-04-unknown-extra-field", "checkout-05-signature-not-last"})
    void the_official_genuine_cases_are_valid(String id) {
        Vector vector = Vector.all().stream()
                .filter(candidate -> candidate.text("id").equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(verify(vector).code()).isEqualTo("valid");
    }

    static Stream<TestForm> otherLayouts() {
        return Stream.of(
                ORIGINAL.moved("invoice_id", "order_uuid"),
                ORIGINAL.moved("currency", "amount"),
                ORIGINAL.moved("language_code", "order_uuid"),
                ORIGINAL.inserted("order_uuid", "version", "2"),
                ORIGINAL.inserted("amount", "tax", "1.00"),
                ORIGINAL.inserted("currency", "note", ""),
                ORIGINAL.moved("notify_url", "invoice_id"),
                alphabetical());
    }

    @ParameterizedTest
    @MethodSource("otherLayouts")
    void an_honest_form_of_another_layout_is_held_and_shows_its_head(TestForm form) {
        AdmissibilityVerdict verdict = form.signed().judged();

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        AdmissibilityVerdict.Held.class,
                        held -> assertThat(held.reasons())
                                .containsExactly(
                                        new HoldReason.OtherLayout(form.form().names())));
    }

    @Test
    void a_layout_the_operator_confirmed_is_admissible_and_the_documented_one_then_is_not() {
        CheckoutRules swapped = TestForm.RULES.withLayout(FormLayout.parse("invoice_id,order_uuid,amount,currency"));
        MozelloForm other = ORIGINAL.moved("invoice_id", "order_uuid").form();

        assertThat(FormLayout.parse("order_uuid, invoice_id, amount, currency")).isEqualTo(FormLayout.DOCUMENTED);
        assertThat(Admissibility.judge(other, swapped)).isInstanceOf(AdmissibilityVerdict.Admissible.class);
        assertThat(Admissibility.judge(ORIGINAL.form(), swapped)).isInstanceOf(AdmissibilityVerdict.Held.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order_uuid,invoice_id,amount",
                "order_uuid,invoice_id,amount,amount",
                "order_uuid,invoice_id,amount,billing_company",
                "order_uuid,invoice_id,currency,amount",
                "order_uuid,invoice_id,amount,currency,billing_first_name"
            })
    void a_layout_that_would_not_pin_the_amount_is_refused(String setting) {
        assertThatIllegalArgumentException().isThrownBy(() -> FormLayout.parse(setting));
    }

    private static TestForm alphabetical() {
        return new TestForm(ORIGINAL.fields().stream()
                .sorted(Comparator.comparing(FormField::name))
                .toList());
    }

    private static CheckoutVerification verify(Vector vector) {
        return MozelloCheckoutVerifier.verify(
                vector.body(), vector.text("wire_content_type"), List.of(vector.key()), CheckoutRules.forInspection());
    }
}
