package dev.intermezzo.ingress.pages;

import dev.intermezzo.ingress.pages.OrderSummary.Moment;
import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PaymentView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How an order is told: amount, state, until when it can be paid, and whether money was taken. */
final class OrderTexts {

    private OrderTexts() {}

    /** What the browser that began the checkout sees. */
    static OrderSummary full(PaymentPage page) {
        PaymentView view = page.view();
        return new OrderSummary(
                view.getShopName(),
                view.getInvoiceId(),
                amount(page.texts(), view.getAmount()),
                state(page.texts(), view),
                until(page.texts(), view),
                reference(view),
                page.supportContact().map(Contact::of).orElse(null),
                page.texts().of(moneyKey(view)));
    }

    /** What anybody with the page's address sees: shop, invoice, amount and state. */
    static OrderSummary limited(Texts texts, PaymentView view) {
        return new OrderSummary(
                view.getShopName(),
                view.getInvoiceId(),
                amount(texts, view.getAmount()),
                state(texts, view),
                null,
                "",
                null,
                "");
    }

    /** Whether a payment's pages say TEST: no money moves in a sandbox account, nor should it for a test shop. */
    static boolean test(PaymentView view) {
        return view.getTestShop() || view.getEnvironment() == Environment.SANDBOX;
    }

    /** The amount in the language's form with its currency's digits, such as {@code 1.149,90 CAD}. */
    static String amount(Texts texts, Money money) {
        BigDecimal plain = money.getAmount().stripTrailingZeros();
        int currencyDigits = Amounts.currency(money.getCurrency())
                .map(unit -> unit.getDecimalPlaces())
                .orElse(2);
        int digits = Math.max(currencyDigits, plain.scale());
        NumberFormat format = NumberFormat.getNumberInstance(texts.formats());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        format.setRoundingMode(RoundingMode.UNNECESSARY);
        return format.format(plain) + ' ' + money.getCurrency();
    }

    private static String state(Texts texts, PaymentView view) {
        return texts.of("state." + PageState.of(view).text());
    }

    /** The buyer's time zone is not known, and a wrong guess could cost an order: universal time, and it says so. */
    private static @Nullable Moment until(Texts texts, PaymentView view) {
        boolean payable = switch (PageState.of(view)) {
            case AWAITING_BUYER, IN_PROGRESS -> true;
            case NOT_PAID -> view.getMayAskAgain();
            case APPROVED, VERIFYING, UNDER_REVIEW -> false;
        };
        Instant end = view.getOrderTimeEnds().truncatedTo(ChronoUnit.MINUTES);
        if (!payable || !end.isAfter(view.getOccurredAt())) {
            return null;
        }
        DateTimeFormatter format = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(texts.formats())
                .withZone(ZoneOffset.UTC);
        return new Moment(format.format(end) + " UTC", end.toString());
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
            case IN_PROGRESS -> view.getOlderMayStillBePaid() ? "money.waiting-once" : "money.waiting";
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
