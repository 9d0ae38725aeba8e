package dev.intermezzo.sandbox.shop;

/**
 * What a buyer types into the shop's checkout.
 *
 * @param phone the undocumented {@code billing_phone}; empty leaves the field out, as the documented form does
 * @param countryCode two letters; the shop sends them in lower case, as Mozello does
 * @param language two letters; the language in which the buyer reads the shop
 */
public record Buyer(
        String firstName, String lastName, String email, String phone, String countryCode, String language) {

    /** An invented person without a telephone number. */
    public static Buyer example(String email) {
        return new Buyer("Avery", "Example", email, "", "ca", "en");
    }

    /** The same person with a telephone number. */
    public Buyer withPhone(String number) {
        return new Buyer(firstName, lastName, email, number, countryCode, language);
    }

    @Override
    public String toString() {
        return "Buyer[…]";
    }
}
