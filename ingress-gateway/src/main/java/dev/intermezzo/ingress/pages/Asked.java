package dev.intermezzo.ingress.pages;

import dev.intermezzo.partners.mozarto.BuyerField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a form asks for.
 *
 * @param fields details, of any of the offered methods
 * @param needs by method, the names of the details that it still lacks; of one that is not here nothing is known
 * @param patterns what a detail must match, as the page's script tests it too, where the methods agree
 * @param voucher the box for a voucher; empty when no offered method takes one
 */
public record Asked(
        Set<BuyerField> fields,
        Map<String, List<String>> needs,
        Map<BuyerField, String> patterns,
        Optional<VoucherBox> voucher) {

    public Asked {
        fields = Set.copyOf(fields);
        needs = Map.copyOf(needs);
        patterns = Map.copyOf(patterns);
    }

    /** Those of the offered methods that a field is for; empty when it is for all of them. */
    List<String> methodsOf(BuyerField field, List<String> offered) {
        List<String> lacking = offered.stream()
                .filter(method -> !needs.containsKey(method)
                        || needs.getOrDefault(method, List.of()).contains(field.key()))
                .toList();
        return lacking.size() == offered.size() ? List.of() : lacking;
    }
}
