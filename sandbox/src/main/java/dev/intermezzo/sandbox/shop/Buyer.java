package dev.intermezzo.sandbox.shop;

/**
 * What a buyer types into the shop's checkout.
 *
 * @param phone the undocumented {@code billing_phone}; empty leaves the field out, as the documented form does
 * @param countryCode two letters; the shop sends them in lower case, as Mozello does
 */
public record Buyer(String firstName, String lastName, String email, String phone, String countryCode) {

    /** An invented person without a telephone number. */
    public static Buyer example(String email) {
        return new Buyer("Avery", "Example", email, "", "ca");
    }

    /** The same person with a telephone number. */
    public Buyer withPhone(String number) {
        return new Buyer(firstName, lastName, email, number, countryCode);
    }

    @Override
    public String toString() {
        return "Buyer[…]";
    }
}
