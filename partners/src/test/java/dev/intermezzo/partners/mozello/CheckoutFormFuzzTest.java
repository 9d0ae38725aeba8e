package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Checkouts as anybody may send them: an input is the {@code Content-Type} in its first line and the body after it. What
 * is accepted is compared with a second statement of the rules of payments.md, and a signature with a second computation.
 */
class CheckoutFormFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS =
            Corpus.of(CheckoutFormFuzzTest.class, "mozello-checkout").and(Corpus.ofTexts(signedForms()));

    private static final Set<String> UNREADABLE =
            Set.of("body-too-large", "content-type-unsupported", "form-malformed", "too-many-fields");
    private static final Set<String> REFUSED = Set.of(
            "invalid-utf-8",
            "field-repeated",
            "field-missing",
            "order-uuid-malformed",
            "invoice-malformed",
            "currency-not-used",
            "currency-unknown",
            "amount-malformed",
            "amount-digits",
            "amount-zero",
            "form-recut",
            "url-malformed",
            "url-not-https");

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, CheckoutFormFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), CheckoutFormFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(FieldNames.DOCUMENTED)
                .withWords(List.of(
                        "&amount=",
                        "=0.02",
                        "EUR",
                        "JPY",
                        "--b7",
                        "\\r\\n--b7\\r\\n",
                        "\\r\\n--b7--",
                        "; name=\"amount\"",
                        "Content-Disposition: form-data; name=\"currency\"\\r\\n\\r\\n",
                        "filename=\"x\"",
                        "http://",
                        "https://shop.example.com@evil.example/",
                        "//\\xc3\\xa4",
                        "//a_b",
                        "xn--",
                        "127.0.0.1"))
                .withSeparators("&", "=", "\r\n", "--b7", ";")
                .arbitrary();
    }

    private static void holds(byte[] input) {
        int line = indexOfNewline(input);
        String contentType = new String(input, 0, line, StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
        switch (MozelloForm.read(body, contentType)) {
            case FormReading.Unreadable unreadable ->
                assertThat(unreadable.code()).isIn(UNREADABLE);
            case FormReading.Form readable -> {
                holdsAsForm(readable.form());
                holdsAsCheckout(readable.form(), TestForm.RULES);
                holdsAsCheckout(readable.form(), TestForm.RULES.withLoopback(true));
                holdsAsCheckout(
                        readable.form(),
                        TestForm.RULES.withLayout(FormLayout.parse("amount,currency,order_uuid,invoice_id")));
            }
        }
    }

    private static int indexOfNewline(byte[] input) {
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '\n') {
                return i;
            }
        }
        return input.length;
    }

    /** Each name once, within the bound, and the same form when it is written in another way and read again. */
    private static void holdsAsForm(MozelloForm form) {
        assertThat(form.names())
                .hasSizeLessThanOrEqualTo(MozelloForm.MAX_FIELDS)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        String written = form.fields().stream()
                .map(field -> percent(field.name().getBytes(StandardCharsets.UTF_8)) + "=" + percent(field.bytes()))
                .collect(Collectors.joining("&"));
        if (written.length() <= MozelloForm.MAX_BODY_BYTES) {
            FormReading again = MozelloForm.read(
                    written.getBytes(StandardCharsets.US_ASCII), "application/x-www-form-urlencoded; charset=x");
            assertThat(again).isInstanceOf(FormReading.Form.class);
            assertThat(((FormReading.Form) again).form().fields()).isEqualTo(form.fields());
        }
    }

    private static void holdsAsCheckout(MozelloForm form, CheckoutRules rules) {
        CheckoutVerification verdict = MozelloCheckoutVerifier.verify(form, List.of(TestForm.KEY), rules);

        assertThat(verdict.signatureValid())
                .isEqualTo(form.value("signature").orElse("").equals(signature(form)));
        assertThat(verdict.code()).matches("[a-z0-9-]+");
        switch (verdict.admissibility()) {
            case AdmissibilityVerdict.Refused refused ->
                assertThat(refused.code()).isIn(REFUSED);
            case AdmissibilityVerdict.Held held -> {
                assertThat(held.reasons()).isNotEmpty();
                assertThat(held.reasons()).extracting(HoldReason::code).isSubsetOf("layout-other", "host-unlisted");
            }
            case AdmissibilityVerdict.Admissible admissible -> {
                holdsAsHead(form, rules, admissible.checkout());
                holdsAsAddresses(rules, admissible.checkout());
                if (verdict.signatureValid()) {
                    assertThat(SIGNED_HEADS).contains(head(form));
                }
            }
        }
    }

    /** payments.md, sections 2 and 3. */
    private static void holdsAsHead(MozelloForm form, CheckoutRules rules, Checkout checkout) {
        List<String> unsigned = new ArrayList<>(form.names());
        unsigned.remove("signature");
        assertThat(unsigned.subList(0, 4)).isEqualTo(rules.layout().head());
        assertThat(form.repeated()).doesNotContainAnyElementsOf(FieldNames.DOCUMENTED);
        assertThat(checkout.orderUuid())
                .matches("[0-9a-fA-F-]{36}")
                .contains(form.value("order_uuid").orElseThrow());
        assertThat(checkout.invoiceId()).matches("M-[0-9]{10}-[0-9]{10}");
        String amount = form.value("amount").orElseThrow();
        assertThat(amount).matches("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?");
        assertThat(checkout.amount().getAmount()).isPositive().isEqualByComparingTo(new BigDecimal(amount));
        assertThat(checkout.amount().getCurrencyUnit().getCode())
                .isEqualTo(form.value("currency").orElseThrow())
                .isIn("EUR", "JPY");
    }

    private static void holdsAsAddresses(CheckoutRules rules, Checkout checkout) {
        String sandbox = rules.loopback()
                ? "|https?://(localhost|127\\.0\\.0\\.1|\\[::1]|([a-z0-9-]+\\.)+localhost)(:[0-9]*)?"
                : "";
        assertThat(checkout.notifyUrl().toString())
                .matches("(?i)(https://www\\.mozello\\.com(:|:0*443)?" + sandbox + ")([/?#][!-~]*)?");
        assertThat(List.of(
                        checkout.successUrl().toString(), checkout.failureUrl().toString()))
                .allSatisfy(url -> assertThat(url)
                        .matches("(?i)(https://shop\\.example\\.com(:|:0*443)?" + sandbox + ")([/?#][!-~]*)?"));
    }

    private static String signature(MozelloForm form) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    "MZL-P-0-testkey0123456789abcdef".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            form.fields().stream()
                    .filter(field -> !field.name().equals("signature"))
                    .forEach(field -> mac.update(field.bytes()));
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String percent(byte[] bytes) {
        return bytes.length == 0 ? "" : "%" + HexFormat.ofDelimiter("%").formatHex(bytes);
    }

    /** The orders that were signed: no mutation may make a signature pay another order, or another amount. */
    private static final Set<String> SIGNED_HEADS =
            orders().map(order -> head(order.form())).collect(Collectors.toUnmodifiableSet());

    private static String head(MozelloForm form) {
        return Stream.of("order_uuid", "invoice_id", "amount", "currency")
                .map(name -> form.value(name).orElse("-"))
                .collect(Collectors.joining(" "));
    }

    private static Stream<TestForm> orders() {
        return Stream.of(
                TestForm.documented(),
                TestForm.documented().with("amount", "1000.00").with("currency", "JPY"),
                TestForm.documented()
                        .with("order_uuid", "00000000-0000-0000-0000-000000000001")
                        .with("amount", "0.01"),
                TestForm.documented().appended("extra", "149.90EUR").with("billing_company", "0.02"));
    }

    private static Stream<String> signedForms() {
        return orders().flatMap(order -> Stream.of(urlEncoded(order.signed()), multipart(order.signed())));
    }

    private static String urlEncoded(TestForm form) {
        return "application/x-www-form-urlencoded\n" + UrlEncodedForm.write(form.fields());
    }

    private static String multipart(TestForm form) {
        return form.fields().stream()
                .map(field -> "--b7\r\nContent-Disposition: form-data; name=\"" + field.name() + "\"\r\n\r\n"
                        + field.text() + "\r\n")
                .collect(Collectors.joining("", "multipart/form-data; boundary=b7\n", "--b7--\r\n"));
    }
}
