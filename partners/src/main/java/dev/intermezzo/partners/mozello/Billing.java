package dev.intermezzo.partners.mozello;

import java.util.Optional;

/**
 * What the buyer typed at checkout, as entered: nothing is trimmed, checked or completed, and any of it may be wrong.
 * Absent and empty fields are the same, since Mozello does not document which it sends.
 *
 * <p>A buyer's data: {@link #toString} prints none of it.
 */
public record Billing(
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> company,
        Optional<String> companyId,
        Optional<String> companyVat,
        Optional<String> email,
        Optional<String> street,
        Optional<String> city,
        Optional<String> state,
        Optional<String> zip,
        Optional<String> countryCode) {

    static Billing of(MozelloForm form) {
        return new Billing(
                entered(form, "first_name"),
                entered(form, "last_name"),
                entered(form, "company"),
                entered(form, "company_id"),
                entered(form, "company_vat"),
                entered(form, "email"),
                entered(form, "street"),
                entered(form, "city"),
                entered(form, "state"),
                entered(form, "zip"),
                entered(form, "country_code"));
    }

    private static Optional<String> entered(MozelloForm form, String name) {
        return form.value("billing_" + name).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "Billing[…]";
    }
}
