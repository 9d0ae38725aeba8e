package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.Command;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CompareOrder;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import java.util.List;

/** Writes commands as decided: without a buyer's keys, which the topology attaches. */
public final class CommandCodec {

    private CommandCodec() {}

    /** For cashier-commands, or, where the call itself moves money, once-commands. */
    public static CashierCommand openPage(Command.OpenPage command) {
        Command.Head head = command.head();
        return new CashierCommand(
                head.id(),
                head.paymentId(),
                head.merchantId(),
                ToWire.environment(head.environment()),
                ToWire.time(head.occurredAt()),
                command.attempt(),
                command.provider(),
                command.account(),
                ToWire.money(command.amount()),
                ToWire.each(command.settings(), ToWire::setting),
                command.userIdPerAttempt(),
                ToWire.time(command.notAfter()),
                ToWire.each(command.buyer(), ToWire::sealed),
                List.of(),
                new OpenPage(command.brandId()));
    }

    /** For once-commands. */
    public static CashierCommand payOut(Command.PayOut command) {
        Command.Head head = command.head();
        return new CashierCommand(
                head.id(),
                head.paymentId(),
                head.merchantId(),
                ToWire.environment(head.environment()),
                ToWire.time(head.occurredAt()),
                command.attempt(),
                command.provider(),
                command.account(),
                ToWire.money(command.amount()),
                ToWire.each(command.settings(), ToWire::setting),
                false,
                ToWire.time(command.notAfter()),
                ToWire.each(command.buyer(), ToWire::sealed),
                List.of(),
                new PayOut(command.reason(), ToWire.destinationOrNull(command.destination())));
    }

    /** For shop-commands. */
    public static ShopCommand compareOrder(Command.CompareOrder command) {
        Command.Head head = command.head();
        return new ShopCommand(
                head.id(),
                head.paymentId(),
                head.merchantId(),
                ToWire.environment(head.environment()),
                ToWire.time(head.occurredAt()),
                ToWire.time(command.notAfter()),
                new CompareOrder(command.invoiceId(), ToWire.money(command.amount())));
    }

    /** For notification-requests. */
    public static NotificationRequest tellShop(Command.TellShop command) {
        Command.Head head = command.head();
        return new NotificationRequest(
                head.id(),
                head.paymentId(),
                head.merchantId(),
                ToWire.environment(head.environment()),
                ToWire.time(head.occurredAt()),
                command.integrationId(),
                command.orderUuid(),
                command.notifyUrl(),
                NotifyStatus.valueOf(command.status().name()),
                command.checkPending(),
                command.mozelloKeyId(),
                null);
    }

    /** For notification-requests: under the parked message's id, so that a build that knows no re-drive takes it for a repeat. */
    public static NotificationRequest tellShopAgain(Command.TellShopAgain command) {
        Command.Head head = command.head();
        return new NotificationRequest(
                command.requestId(),
                head.paymentId(),
                head.merchantId(),
                ToWire.environment(head.environment()),
                ToWire.time(head.occurredAt()),
                command.integrationId(),
                command.orderUuid(),
                command.notifyUrl(),
                NotifyStatus.valueOf(command.status().name()),
                command.checkPending(),
                command.mozelloKeyId(),
                head.id());
    }

    /** For webhook-index: the order as a whole, no attempt of it. */
    public static WebhookIndexEntry indexOrder(Command.IndexOrder command) {
        Command.Head head = command.head();
        return new WebhookIndexEntry(
                head.paymentId(),
                head.merchantId(),
                ToWire.environment(head.environment()),
                ToWire.time(head.occurredAt()),
                0,
                "");
    }

    /** For webhook-index. */
    public static WebhookIndexEntry indexTransaction(Command.IndexTransaction command) {
        Command.Head head = command.head();
        return new WebhookIndexEntry(
                head.paymentId(),
                head.merchantId(),
                ToWire.environment(head.environment()),
                ToWire.time(head.occurredAt()),
                command.attempt(),
                command.provider());
    }
}
