package dev.intermezzo.cli.audit;

import static dev.intermezzo.cli.audit.Words.money;
import static dev.intermezzo.cli.audit.Words.plain;
import static dev.intermezzo.cli.audit.Words.word;

import dev.intermezzo.orchestrator.ledger.Outgoing;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CompareOrder;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;

/** What a decided command asks for, in words. */
final class CommandWords {
    private CommandWords() {}

    static String of(Outgoing<?> command) {
        return switch (command.value()) {
            case CashierCommand cashier -> cashier(cashier);
            case NotificationRequest tell ->
                (tell.getRedrive() == null ? "tell the shop " : "try again to tell the shop ")
                        + word(tell.getStatus())
                        + (tell.getCheckPending() ? ", if the order is still pending" : "");
            case ShopCommand ask
            when ask.getBody() instanceof CompareOrder compare ->
                "ask the shop whether " + plain(compare.getInvoiceId()) + " is pending with "
                        + money(
                                compare.getAmount().getAmount(),
                                compare.getAmount().getCurrency());
            case WebhookIndexEntry entry
            when Ids.isShop(command.key()) -> "remember whose invoice " + plain(transaction(command.key())) + " is";
            case WebhookIndexEntry entry ->
                "remember that transaction " + plain(transaction(command.key())) + " is attempt " + entry.getAttempt();
            default -> "a command on " + command.topic().name();
        };
    }

    private static String cashier(CashierCommand command) {
        String money =
                money(command.getAmount().getAmount(), command.getAmount().getCurrency());
        return switch (command.getBody()) {
            case OpenPage page ->
                "ask the Cashier for a page of %s, %s, attempt %d"
                        .formatted(plain(command.getProvider()), money, command.getAttempt());
            case PayOut out ->
                "pay out %s%s through %s, number %d"
                        .formatted(
                                money,
                                out.getDestination() == null
                                        ? ""
                                        : " to " + plain(out.getDestination().getName()),
                                plain(command.getProvider()),
                                command.getAttempt());
            default -> "ask the Cashier for something that this build does not know";
        };
    }

    /** The key is {@code <account>~<transaction id>}, or that of an order. */
    private static String transaction(String key) {
        return key.substring(key.indexOf('~') + 1);
    }
}
