package dev.intermezzo.cli.merchants;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that all is told at once. */
final class Problems {
    private final List<MerchantsProblem> found = new ArrayList<>();

    void add(String where, String code, String sentence) {
        found.add(new MerchantsProblem(where, code, sentence));
    }

    List<MerchantsProblem> all() {
        return List.copyOf(found);
    }
}
