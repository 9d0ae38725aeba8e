package dev.intermezzo.ingress.pages;

import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PaymentView;
import java.math.BigDecimal;

/** How an order is told: amount, state, and whether money was taken. */
final class OrderTexts {

    private OrderTexts() {}

    /** What the browser that began the checkout sees. */
    static OrderSummary full(Texts texts, PaymentView view) {
        return summary(texts, view, reference(view), texts.of(moneyKey(view)));
    }

    /** What anybody with the page's address sees: shop, invoice, amount and state. */
    static OrderSummary limited(Texts texts, PaymentView view) {
        return summary(texts, view, "", "");
    }

    /** The amount with its currency's digits, such as {@code 149.90 CAD}. */
    static String amount(Money money) {
        int digits = Amounts.currency(money.getCurrency())
                .map(unit -> unit.getDecimalPlaces())
                .orElse(2);
        BigDecimal plain = money.getAmount().stripTrailingZeros();
        return plain.setScale(Math.max(digits, plain.scale())).toPlainString() + ' ' + money.getCurrency();
    }

    private static OrderSummary summary(Texts texts, PaymentView view, String reference, String sentence) {
        return new OrderSummary(
                view.getShopName(),
                view.getInvoiceId(),
                amount(view.getAmount()),
                texts.of("state." + PageState.of(view).text()),
                reference,
                sentence);
    }

    /** The order's part of the payment id: enough for support, and what the shop's own records call it. */
    private static String reference(PaymentView view) {
        return view.getPaymentId().substring(view.getPaymentId().indexOf('~') + 1);
    }

    /** The sentence that is true: nothing is said about money that nobody can know. */
    private static String moneyKey(PaymentView view) {
        return switch (PageState.of(view)) {
            case APPROVED -> "money.approved";
            case AWAITING_BUYER, VERIFYING -> mayHavePaid(view) ? "money.unconfirmed" : "money.none";
            case IN_PROGRESS -> "money.waiting";
            case UNDER_REVIEW -> view.getAttempts().isEmpty() ? "money.none" : "money.checking";
            case NOT_PAID -> notPaidKey(view);
        };
    }

    private static String notPaidKey(PaymentView view) {
        if (mayHavePaid(view)) {
            return "money.unconfirmed";
        }
        boolean declined = view.getAttempts().stream().anyMatch(each -> each.getStatus() == AttemptStatus.DECLINED);
        return declined ? "money.declined" : "money.none";
    }

    private static boolean mayHavePaid(PaymentView view) {
        return view.getOlderMayStillBePaid()
                || view.getAttempts().stream().anyMatch(each -> switch (each.getStatus()) {
                    case DECLINED, REFUSED -> false;
                    case OPENING, AT_PROVIDER, APPROVED, EXPIRED, UNKNOWN -> true;
                });
    }
}
