package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.IDN;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissibilityTest {

    private static final TestForm FORM = TestForm.documented();

    @Test
    void the_documented_form_is_admissible() {
        Checkout checkout = admissible(FORM.signed());

        assertThat(checkout.orderUuid()).isEqualTo("5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f");
        assertThat(checkout.invoiceId()).isEqualTo("M-1234567890-1234567890");
        assertThat(checkout.amount()).isEqualTo(Money.parse("EUR 149.90"));
        assertThat(checkout.billing())
                .isEqualTo(new Billing(
                        Optional.of("Anna"),
                        Optional.of("Bērziņa"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("anna@example.com"),
                        Optional.of("Summer street 10"),
                        Optional.of("Riga"),
                        Optional.empty(),
                        Optional.of("LV-1000"),
                        Optional.of("lv")));
        assertThat(checkout.languageCode()).contains("en");
        assertThat(checkout.websiteAlias()).contains("supershop");
        assertThat(checkout.websiteDomain()).contains("www.example.com");
        assertThat(checkout.successUrl()).isEqualTo(URI.create("https://shop.example.com/shop/params/success/go/"));
        assertThat(checkout.failureUrl()).isEqualTo(URI.create("https://shop.example.com/shop/params/failure/go/"));
        assertThat(checkout.notifyUrl()).isEqualTo(URI.create("https://www.mozello.com/service/ipn/provider/xxx/"));
    }

    @Test
    void fields_a_payment_can_do_without_may_be_absent() {
        TestForm bare = FORM;
        for (FormField field : FORM.fields()) {
            bare = FieldNames.NEEDED.contains(field.name()) ? bare : bare.without(field.name());
        }

        Checkout checkout = admissible(bare);

        assertThat(bare.fields()).hasSize(7);
        assertThat(checkout.billing().email()).isEmpty();
        assertThat(checkout.languageCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"order_uuid", "invoice_id", "amount", "currency", "success_url", "failure_url", "notify_url"})
    void a_form_without_a_field_a_payment_needs_is_refused(String name) {
        assertThat(code(FORM.without(name))).isEqualTo("field-missing");
        assertThat(code(FORM.with(name, ""))).isEqualTo("field-missing");
    }

    static List<String> documentedNames() {
        return FieldNames.DOCUMENTED;
    }

    @ParameterizedTest
    @MethodSource("documentedNames")
    void a_documented_field_that_stands_twice_is_refused(String name) {
        String value = FORM.signed().form().value(name).orElseThrow();

        assertThat(code(FORM.signed().appended(name, value))).isEqualTo("field-repeated");
    }

    @Test
    void unknown_fields_after_the_head_are_tolerated_even_twice() {
        TestForm form = FORM.inserted("billing_first_name", "x", "1").appended("x", "2");

        assertThat(admissible(form)).isEqualTo(admissible(FORM));
    }

    @Test
    void the_signature_may_stand_anywhere() {
        for (FormField field : FORM.fields()) {
            assertThat(admissible(FORM.inserted(field.name(), "signature", "s")))
                    .isEqualTo(admissible(FORM));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "order_uuid, 5f0c2d1e8a344b7c9d100a1b2c3d4e5f, order-uuid-malformed",
        "order_uuid, 5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5, order-uuid-malformed",
        "order_uuid, 5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5fM, order-uuid-malformed",
        "order_uuid, 5g0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f, order-uuid-malformed",
        "order_uuid, 0000, order-uuid-malformed",
        "invoice_id, M-1234567890-123456789, invoice-malformed",
        "invoice_id, M-1234567890-12345678901, invoice-malformed",
        "invoice_id, M-1234567890-123456789a, invoice-malformed",
        "invoice_id, X-1234567890-1234567890, invoice-malformed",
        "currency, eur, currency-not-used",
        "currency, USD, currency-not-used",
        "currency, EURO, currency-not-used",
        "amount, 0, amount-zero",
        "amount, 0.00, amount-zero",
        "amount, 10.001, amount-digits",
        "amount, '10,02', amount-malformed",
        "amount, -10.02, amount-malformed",
        "amount, 010.02, amount-malformed",
        "amount, ' 10.02', amount-malformed",
        "amount, 1e3, amount-malformed",
        "amount, 149.90EUR, amount-malformed",
        "amount, ACME Ltd, amount-malformed",
    })
    void a_value_of_the_head_outside_its_format_is_refused(String name, String value, String code) {
        assertThat(code(FORM.with(name, value))).isEqualTo(code);
    }

    @Test
    void zeros_beyond_the_currencys_digits_are_accepted() {
        Checkout checkout = admissible(FORM.with("amount", "1000.00").with("currency", "JPY"));

        assertThat(checkout.amount()).isEqualTo(Money.ofMajor(CurrencyUnit.JPY, 1000));
    }

    @Test
    void an_order_id_is_kept_as_received_and_keyed_in_lower_case() {
        Checkout checkout = admissible(FORM.with("order_uuid", "5F0C2D1E-8A34-4B7C-9D10-0A1B2C3D4E5F"));

        assertThat(checkout.orderUuid()).isEqualTo("5F0C2D1E-8A34-4B7C-9D10-0A1B2C3D4E5F");
        assertThat(checkout.orderKey()).isEqualTo("5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f");
    }

    @Test
    void a_value_that_is_not_utf8_is_refused_wherever_it_stands() {
        byte[] broken = {(byte) 0xc3, 0x28};
        TestForm billing = FORM.without("billing_company")
                .insertedField("billing_company_id", new FormField("billing_company", broken));
        TestForm unknown = FORM.insertedField("billing_company", new FormField("x", broken));

        assertThat(code(billing)).isEqualTo("invalid-utf-8");
        assertThat(code(unknown)).isEqualTo("invalid-utf-8");
    }

    @Test
    void a_merchants_own_invoice_pattern_replaces_the_default() {
        CheckoutRules rules = TestForm.RULES.withInvoicePattern("INV\\d{4}");

        assertThat(Admissibility.judge(FORM.with("invoice_id", "INV0042").form(), rules))
                .isInstanceOf(AdmissibilityVerdict.Admissible.class);
        assertThat(Admissibility.judge(FORM.form(), rules)).isInstanceOf(AdmissibilityVerdict.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "not a url, url-malformed",
        "/relative, url-malformed",
        "//shop.example.com/, url-malformed",
        "https:///path, url-malformed",
        "'https://shop.example.com/a b', url-malformed",
        "https://shop.example.com@evil.example/, url-malformed",
        "https://user:secret@shop.example.com/, url-malformed",
        "'https://evil.example\\@shop.example.com/', url-malformed",
        "javascript:alert(1), url-malformed",
        "data:text/html;x, url-malformed",
        "http://shop.example.com/, url-not-https",
        "http://localhost:8081/, url-not-https",
    })
    void an_address_that_is_no_https_address_is_refused(String address, String code) {
        assertThat(code(FORM.with("success_url", address))).isEqualTo(code);
        assertThat(code(FORM.with("failure_url", address))).isEqualTo(code);
        assertThat(code(FORM.with("notify_url", address))).isEqualTo(code);
    }

    @Test
    void a_line_break_or_an_endless_address_is_refused() {
        assertThat(code(FORM.with("success_url", "https://shop.example.com/\r\nSet-Cookie:x")))
                .isEqualTo("url-malformed");
        assertThat(code(FORM.with("success_url", "https://shop.example.com/" + "x".repeat(2048))))
                .isEqualTo("url-malformed");
    }

    @ParameterizedTest
    @CsvSource({
        "success_url, https://evil.example/, evil.example",
        "failure_url, https://shop.example.com.evil.example/, shop.example.com.evil.example",
        "failure_url, https://www.shop.example.com/, www.shop.example.com",
        "success_url, https://shop.example.com:8443/, shop.example.com:8443",
        "success_url, https://shop.example.com./, shop.example.com.",
        "success_url, https://www.mozello.com/, www.mozello.com",
        "notify_url, https://shop.example.com/, shop.example.com",
        "notify_url, https://169.254.169.254/, 169.254.169.254",
        "notify_url, https://[::1]/, [::1]",
        "notify_url, https://localhost/, localhost",
    })
    void an_unlisted_host_holds_the_checkout_and_is_named(String field, String address, String host) {
        assertThat(held(FORM.with(field, address))).containsExactly(new HoldReason.UnlistedHost(field, host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://SHOP.example.com/a?b=c&d=%20#e",
                "HTTPS://shop.example.com/",
                "https://shop.example.com:443/"
            })
    void a_listed_host_is_recognised_in_its_spellings(String address) {
        assertThat(admissible(FORM.with("success_url", address)).successUrl()).isEqualTo(URI.create(address));
    }

    @Test
    void an_internationalised_host_matches_in_either_spelling_and_goes_out_in_ascii() {
        String ascii = IDN.toASCII("šķūnis.example");
        CheckoutRules rules = CheckoutRules.documented(Set.of("EUR"), HostList.of("šķūnis.example"));
        MozelloForm form = FORM.with("success_url", "https://šķūnis.example/paldies/ā?x=1")
                .with("failure_url", "https://" + ascii + "/")
                .form();

        AdmissibilityVerdict verdict = Admissibility.judge(form, rules);

        assertThat(verdict).isInstanceOf(AdmissibilityVerdict.Admissible.class);
        assertThat(checkout(verdict).successUrl()).isEqualTo(URI.create("https://" + ascii + "/paldies/%C4%81?x=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8081/ok",
                "http://127.0.0.1:8081/ok",
                "http://[::1]:8081/",
                "https://localhost/"
            })
    void the_sandbox_switch_admits_loopback_addresses(String address) {
        MozelloForm form = FORM.with("success_url", address)
                .with("failure_url", address)
                .with("notify_url", address)
                .form();

        assertThat(Admissibility.judge(form, TestForm.RULES.withLoopback(true)))
                .isInstanceOf(AdmissibilityVerdict.Admissible.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.evil.example/",
                "http://127.0.0.2/",
                "http://10.0.0.1/",
                "http://shop.example.com/"
            })
    void the_sandbox_switch_admits_nothing_else(String address) {
        MozelloForm form = FORM.with("success_url", address).form();

        assertThat(Admissibility.judge(form, TestForm.RULES.withLoopback(true)))
                .isInstanceOfSatisfying(
                        AdmissibilityVerdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("url-not-https"));
    }

    @Test
    void a_port_of_its_own_is_admitted_when_it_is_listed() {
        CheckoutRules rules =
                CheckoutRules.documented(Set.of("EUR"), HostList.of("shop.example.com", "shop.example.com:8443"));
        MozelloForm form =
                FORM.with("success_url", "https://shop.example.com:8443/").form();

        assertThat(Admissibility.judge(form, rules)).isInstanceOf(AdmissibilityVerdict.Admissible.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "https://shop.example.com",
                "shop.example.com/",
                "a@shop.example.com",
                "shop.example.com:x"
            })
    void a_host_list_takes_hosts_only(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostList.of(entry));
    }

    @Test
    void every_reason_to_hold_is_told_at_once() {
        TestForm form = FORM.moved("invoice_id", "order_uuid")
                .with("success_url", "https://one.example/")
                .with("notify_url", "https://two.example/");

        assertThat(held(form))
                .extracting(HoldReason::code)
                .containsExactly("layout-other", "host-unlisted", "host-unlisted");
    }

    @Test
    void nothing_of_the_buyer_is_printed() {
        assertThat(admissible(FORM).toString()).doesNotContain("Anna").doesNotContain("example.com");
        assertThat(admissible(FORM).billing().toString()).doesNotContain("Anna").doesNotContain("example.com");
    }

    private static Checkout admissible(TestForm form) {
        assertThat(form.judged()).isInstanceOf(AdmissibilityVerdict.Admissible.class);
        return checkout(form.judged());
    }

    private static Checkout checkout(AdmissibilityVerdict verdict) {
        return switch (verdict) {
            case AdmissibilityVerdict.Admissible admissible -> admissible.checkout();
            case AdmissibilityVerdict.Held held -> held.checkout();
            case AdmissibilityVerdict.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static List<HoldReason> held(TestForm form) {
        assertThat(form.judged()).isInstanceOf(AdmissibilityVerdict.Held.class);
        return ((AdmissibilityVerdict.Held) form.judged()).reasons();
    }

    private static String code(TestForm form) {
        assertThat(form.judged()).isInstanceOf(AdmissibilityVerdict.Refused.class);
        return ((AdmissibilityVerdict.Refused) form.judged()).code();
    }
}
