package dev.intermezzo.partners.mozello;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.partners.AsciiCase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.joda.money.Money;

/**
 * An order as the shop itself knows it (Store API, orders and notifications): the few of its fields that concern money. The
 * others, a buyer's name and address among them, are not kept.
 *
 * <p>Money is a JSON number there; a text is read as well. What cannot be read is absent.
 *
 * @param orderId the number that the checkout calls invoice; {@code order_uuid} does not appear in the Store API
 * @param paymentStatus in small letters; {@code pending}, {@code paid} and {@code failed} are documented
 * @param total in major units of {@code currency}
 * @param currency in capitals
 */
public record StoreOrder(
        Optional<String> orderId,
        Optional<String> paymentStatus,
        Optional<BigDecimal> total,
        Optional<String> currency) {

    /** The one difference that a gateway may have made itself, by telling the shop so. */
    public static final String STATUS_FAILED = "payment_status=failed";

    private static final String PENDING = "pending";

    /** Longer values are none of these fields; what is kept of one is shown to people. */
    private static final int LONGEST = 64;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,4}0*)?");

    /** Reads an order that stands at the top of a document, or below {@code order}. */
    static StoreOrder read(JsonNode document) {
        JsonNode order = document.path("order").isObject() ? document.path("order") : document;
        return new StoreOrder(
                text(order, "order_id", UnaryOperator.identity()),
                text(order, "payment_status", AsciiCase::lower),
                number(order),
                text(order, "currency", AsciiCase::upper));
    }

    /**
     * What is not as the order's form says, as short words for people: the field, and what the shop says instead. Empty when
     * number, total and currency are equal and the order is still to be paid. A field that is absent is a difference, because
     * nothing was compared then.
     */
    public List<String> differencesFrom(String invoiceId, Money amount) {
        List<String> differences = new ArrayList<>();
        if (orderId.isPresent() && !orderId.get().equals(invoiceId)) {
            differences.add("order_id=" + orderId.get());
        }
        if (total.isEmpty() || total.get().compareTo(amount.getAmount()) != 0) {
            differences.add("total=" + total.map(StoreOrder::plain).orElse("absent"));
        }
        if (currency.isEmpty()
                || !currency.get().equals(amount.getCurrencyUnit().getCode())) {
            differences.add("currency=" + currency.orElse("absent"));
        }
        if (paymentStatus.isEmpty() || !paymentStatus.get().equals(PENDING)) {
            differences.add("payment_status=" + paymentStatus.orElse("absent"));
        }
        return List.copyOf(differences);
    }

    private static Optional<String> text(JsonNode order, String name, UnaryOperator<String> spelling) {
        return JsonFields.text(order, name)
                .map(String::strip)
                .filter(text -> text.length() <= LONGEST)
                .map(spelling);
    }

    private static Optional<BigDecimal> number(JsonNode order) {
        return JsonFields.number(order, "total")
                .filter(text -> text.length() <= LONGEST)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigDecimal::new);
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
