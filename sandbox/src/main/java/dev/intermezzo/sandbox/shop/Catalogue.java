package dev.intermezzo.sandbox.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the simulated shop sells. */
final class Catalogue {

    /** Orders are in the one currency that the simulated provider takes. */
    static final String CURRENCY = "CAD";

    private static final List<Product> PRODUCTS = List.of(
            new Product("metronome", "Pocket metronome", "Walnut case, brass arm, keeps time.", "49.00", "#7c4a2d"),
            new Product("lamp", "Music stand lamp", "Warm light for late rehearsals.", "32.50", "#b3832b"),
            new Product("score", "Twelve intermezzi", "Printed score, thread bound.", "18.90", "#3c5a78"));

    private Catalogue() {}

    static List<Product> products() {
        return PRODUCTS;
    }

    static Optional<Product> product(String id) {
        return PRODUCTS.stream().filter(product -> product.id().equals(id)).findFirst();
    }

    record Product(String id, String name, String sentence, BigDecimal price, String colour) {

        Product(String id, String name, String sentence, String price, String colour) {
            this(id, name, sentence, new BigDecimal(price), colour);
        }
    }
}
