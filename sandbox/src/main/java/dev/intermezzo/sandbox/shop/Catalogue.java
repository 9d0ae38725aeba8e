package dev.intermezzo.sandbox.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the simulated shop sells. */
final class Catalogue {

    private static final List<Product> PRODUCTS = List.of(
            new Product(
                    "metronome", "Pocket metronome", "Walnut case, brass arm, keeps time.", "CAD", "49.00", "#7c4a2d"),
            new Product("lamp", "Music stand lamp", "Warm light for late rehearsals.", "CAD", "32.50", "#b3832b"),
            new Product("score", "Twelve intermezzi", "Printed score, thread bound.", "CAD", "18.90", "#3c5a78"),
            // A sum that the sandbox's merchant sends another way.
            new Product("case", "Cello case", "Carbon, two kilograms, with straps.", "CAD", "349.00", "#394a3f"),
            new Product("vihuela", "Small vihuela", "Five strings, cedar, from Jalisco.", "MXN", "1890.00", "#a4572b"),
            new Product("whistle", "Tin whistle", "In D, brass, from Manchester.", "GBP", "14.50", "#2f6f5e"),
            // In a currency that two providers take, so that the buyer chooses.
            new Product("kokle", "Little kokle", "Nine strings of brass, sent from Riga.", "EUR", "120.00", "#5d3a5f"));

    private Catalogue() {}

    static List<Product> products() {
        return PRODUCTS;
    }

    static Optional<Product> product(String id) {
        return PRODUCTS.stream().filter(product -> product.id().equals(id)).findFirst();
    }

    /** Where a buyer lives who pays in this currency; two letters, lower case. */
    static String country(String currency) {
        return switch (currency) {
            case "EUR" -> "lv";
            case "GBP" -> "gb";
            case "MXN" -> "mx";
            default -> "ca";
        };
    }

    record Product(String id, String name, String sentence, String currency, BigDecimal price, String colour) {

        Product(String id, String name, String sentence, String currency, String price, String colour) {
            this(id, name, sentence, currency, new BigDecimal(price), colour);
        }
    }
}
