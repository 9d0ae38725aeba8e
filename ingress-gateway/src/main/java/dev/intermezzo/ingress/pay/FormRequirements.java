package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.checkout.PaymentPlanner;
import dev.intermezzo.ingress.pages.Asked;
import dev.intermezzo.ingress.pages.VoucherBox;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.RouteGap;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.FieldRule;
import dev.intermezzo.schemas.avro.PaymentView;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the offered methods ask of a buyer, as the page tells it and its script checks it. */
final class FormRequirements {

    private final PaymentPlanner planner;

    FormRequirements(PaymentPlanner planner) {
        this.planner = planner;
    }

    Asked of(PaymentView view, BuyerCookie browser, Set<BuyerField> fields) {
        List<String> methods = view.getMethods();
        Map<String, List<String>> needs = new LinkedHashMap<>();
        for (RouteGap gap : browser.gaps()) {
            needs.putIfAbsent(gap.provider(), gap.missing());
        }
        Map<BuyerField, String> patterns = new EnumMap<>(BuyerField.class);
        for (BuyerField field : fields) {
            planner.pattern(methods, field).ifPresent(pattern -> patterns.put(field, pattern));
        }
        return new Asked(fields, needs, patterns, voucher(methods));
    }

    private Optional<VoucherBox> voucher(List<String> methods) {
        List<String> takers = methods.stream()
                .filter(method -> planner.voucherRule(method).isPresent())
                .toList();
        return takers.stream()
                .flatMap(taker -> planner.voucherRule(taker).stream())
                .findFirst()
                .map(rule -> box(takers, rule));
    }

    private static VoucherBox box(List<String> takers, FieldRule rule) {
        return new VoucherBox(takers, rule.format().pattern(), rule.minLength(), rule.maxLength());
    }
}
