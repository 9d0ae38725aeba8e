package dev.intermezzo.partners.mozello;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A checkout form to be changed field by field; each change gives a new form. Begins as one that is admissible. */
record TestForm(List<FormField> fields) {

    static final MozelloKey KEY = MozelloKey.of("shop-key", "MZL-P-0-testkey0123456789abcdef");

    static final CheckoutRules RULES = CheckoutRules.documented(Set.of("EUR", "JPY"), HostList.of("shop.example.com"));

    static TestForm documented() {
        return new TestForm(List.of(
                FormField.of("order_uuid", "5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f"),
                FormField.of("invoice_id", "M-1234567890-1234567890"),
                FormField.of("amount", "149.90"),
                FormField.of("currency", "EUR"),
                FormField.of("billing_first_name", "Anna"),
                FormField.of("billing_last_name", "Bērziņa"),
                FormField.of("billing_company", ""),
                FormField.of("billing_company_id", ""),
                FormField.of("billing_company_vat", ""),
                FormField.of("billing_email", "anna@example.com"),
                FormField.of("billing_street", "Summer street 10"),
                FormField.of("billing_city", "Riga"),
                FormField.of("billing_state", ""),
                FormField.of("billing_zip", "LV-1000"),
                FormField.of("billing_country_code", "lv"),
                FormField.of("language_code", "en"),
                FormField.of("website_alias", "supershop"),
                FormField.of("website_domain", "www.example.com"),
                FormField.of("success_url", "https://shop.example.com/shop/params/success/go/"),
                FormField.of("failure_url", "https://shop.example.com/shop/params/failure/go/"),
                FormField.of("notify_url", "https://www.mozello.com/service/ipn/provider/xxx/")));
    }

    TestForm with(String name, String value) {
        return new TestForm(fields.stream()
                .map(field -> field.name().equals(name) ? FormField.of(name, value) : field)
                .toList());
    }

    TestForm without(String name) {
        return new TestForm(
                fields.stream().filter(field -> !field.name().equals(name)).toList());
    }

    /** Gives the field another name and leaves it where it is: the signature does not change. */
    TestForm renamed(String name, String other) {
        return new TestForm(fields.stream()
                .map(field -> field.name().equals(name) ? new FormField(other, field.bytes()) : field)
                .toList());
    }

    TestForm inserted(String before, String name, String value) {
        return insertedField(before, FormField.of(name, value));
    }

    TestForm insertedField(String before, FormField added) {
        List<FormField> changed = new ArrayList<>();
        for (FormField field : fields) {
            if (field.name().equals(before)) {
                changed.add(added);
            }
            changed.add(field);
        }
        return new TestForm(changed);
    }

    TestForm appended(String name, String value) {
        List<FormField> changed = new ArrayList<>(fields);
        changed.add(FormField.of(name, value));
        return new TestForm(changed);
    }

    /** Moves a field to before another one. */
    TestForm moved(String name, String before) {
        return without(name).insertedField(before, form().field(name).orElseThrow());
    }

    TestForm signed() {
        return appended("signature", MozelloSignature.sign(form(), KEY));
    }

    /** This form under the signature of another one, as the shopper's browser could send it. */
    TestForm signedAs(TestForm original) {
        return appended("signature", MozelloSignature.sign(original.form(), KEY));
    }

    MozelloForm form() {
        return MozelloForm.of(fields);
    }

    AdmissibilityVerdict judged() {
        return Admissibility.judge(form(), RULES);
    }
}
