package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a webhook's body says: a {@link CashierWebhook}, or that it cannot be read. */
public sealed interface WebhookReading permits CashierWebhook, WebhookReading.Unreadable {

    /** The largest body that is read. */
    int MAX_BODY_BYTES = 64 * 1024;

    /**
     * Reads a body. Never throws; unknown fields are ignored, a field named twice makes the body unreadable because
     * nobody could say which of the two was meant.
     */
    static WebhookReading of(byte[] body) {
        return new Reader().read(body);
    }

    /**
     * The body is no webhook we understand. It is stored, alerted and answered 200 all the same.
     *
     * @param code {@code too-large}, {@code empty}, {@code not-json}, {@code not-an-object} or
     *     {@code no-transaction-id}
     * @param sentence for operators; it never repeats the body
     */
    record Unreadable(String code, String sentence) implements WebhookReading {}

    /** Reads one body. */
    final class Reader {

        private static final int LONGEST_STATUS = 64;
        private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");
        private static final JsonMapper JSON = Json.partnerMapper(true);

        private Reader() {}

        private WebhookReading read(byte[] body) {
            if (body.length > MAX_BODY_BYTES) {
                return new Unreadable("too-large", "The webhook is larger than " + MAX_BODY_BYTES + " bytes.");
            }
            JsonNode tree;
            try {
                tree = Json.tree(JSON, body);
            } catch (IOException malformed) {
                return new Unreadable("not-json", "The webhook is not JSON, or names a field twice.");
            }
            if (tree.isMissingNode()) {
                return new Unreadable("empty", "The webhook has no body.");
            }
            if (!(tree instanceof ObjectNode object)) {
                return new Unreadable("not-an-object", "The webhook is JSON, but no object.");
            }
            Optional<String> transaction = PartnerText.id(object.path("transaction_id"));
            return transaction.isEmpty()
                    ? new Unreadable("no-transaction-id", "The webhook names no readable transaction_id.")
                    : understood(object, transaction.get());
        }

        private static CashierWebhook understood(ObjectNode object, String transactionId) {
            // Without transaction_status, either sign of the old payload makes it one.
            boolean old =
                    !object.has("transaction_status") && (object.has("confirmed") || object.has("invoice_currency"));
            JsonNode amount = object.path("amount");
            boolean amountSaid = !amount.isMissingNode() && !amount.isNull();
            String statusText = text(object, "transaction_status", LONGEST_STATUS);
            return new CashierWebhook(
                    old ? CashierWebhook.Shape.Y2025 : CashierWebhook.Shape.Y2026,
                    transactionId,
                    id(object, "psp_transaction_id"),
                    id(object, "user_id"),
                    text(object, "status", LONGEST_STATUS),
                    statusText == null ? TransactionStatus.UNKNOWN : status(object),
                    statusText,
                    PartnerText.amount(amount).orElse(null),
                    amountSaid ? PartnerText.amountText(amount) : null,
                    old ? null : currency(object),
                    id(object, "merchantReference"),
                    text(object, "method", LONGEST_STATUS));
        }

        // Read from the whole text, not from the shortened one: only the exact word counts.
        private static TransactionStatus status(ObjectNode object) {
            JsonNode value = object.path("transaction_status");
            return value.isTextual() ? TransactionStatus.of(value.textValue()) : TransactionStatus.UNKNOWN;
        }

        private static @Nullable String id(ObjectNode object, String name) {
            return PartnerText.id(object.path(name)).orElse(null);
        }

        private static @Nullable String text(ObjectNode object, String name, int most) {
            JsonNode value = object.path(name);
            boolean said =
                    value.isValueNode() && !value.isNull() && !value.asText().isBlank();
            return said ? PartnerText.shortened(value.asText(), most) : null;
        }

        // A currency in an unknown form is kept, so that it differs from every asked one instead of counting as absent.
        private static @Nullable String currency(ObjectNode object) {
            String text = text(object, "currency", 16);
            return text != null && CURRENCY.matcher(text).matches() ? text.toUpperCase(Locale.ROOT) : text;
        }
    }
}
