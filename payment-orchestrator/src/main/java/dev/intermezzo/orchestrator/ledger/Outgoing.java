package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.codec.CommandCodec;
import dev.intermezzo.orchestrator.payment.Command;
import dev.intermezzo.orchestrator.payment.OperationKind;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CommandDigest;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A decided command with its address.
 *
 * @param id the command's id, which not every value carries
 * @param value as decided: without a buyer's keys
 * @param codec writes the value
 */
public record Outgoing<T extends SpecificRecordBase>(Topic<T> topic, String key, String id, T value, Codec<T> codec) {
    private static final Codec<CashierCommand> CASHIER = Codec.of(CashierCommand.class);
    private static final Codec<ShopCommand> SHOP = Codec.of(ShopCommand.class);
    private static final Codec<NotificationRequest> NOTIFY = Codec.of(NotificationRequest.class);
    private static final Codec<WebhookIndexEntry> INDEX = Codec.of(WebhookIndexEntry.class);

    /** Where a command goes. What moves money goes to once-commands, whatever else it is. */
    public static Outgoing<?> of(Command command) {
        String payment = command.head().paymentId();
        return switch (command) {
            case Command.OpenPage open ->
                new Outgoing<>(
                        open.kind() == OperationKind.MOVES_MONEY ? Topics.ONCE_COMMANDS : Topics.CASHIER_COMMANDS,
                        payment,
                        open.id(),
                        CommandCodec.openPage(open),
                        CASHIER);
            case Command.PayOut payOut ->
                new Outgoing<>(Topics.ONCE_COMMANDS, payment, payOut.id(), CommandCodec.payOut(payOut), CASHIER);
            case Command.CompareOrder compare ->
                new Outgoing<>(
                        Topics.SHOP_COMMANDS,
                        compare.head().merchantId(),
                        compare.id(),
                        CommandCodec.compareOrder(compare),
                        SHOP);
            case Command.TellShop tell ->
                new Outgoing<>(Topics.NOTIFICATION_REQUESTS, payment, tell.id(), CommandCodec.tellShop(tell), NOTIFY);
            case Command.TellShopAgain tell ->
                new Outgoing<>(
                        Topics.NOTIFICATION_REQUESTS, payment, tell.id(), CommandCodec.tellShopAgain(tell), NOTIFY);
            case Command.IndexTransaction index ->
                new Outgoing<>(
                        Topics.WEBHOOK_INDEX,
                        Ids.transactionKey(index.account(), index.transactionId()),
                        index.id(),
                        CommandCodec.indexTransaction(index),
                        INDEX);
            case Command.IndexOrder index ->
                new Outgoing<>(
                        Topics.WEBHOOK_INDEX,
                        Ids.transactionKey(Ids.shop(index.integrationId()), index.invoiceId()),
                        index.id(),
                        CommandCodec.indexOrder(index),
                        INDEX);
        };
    }

    /** For the ledger: SHA-256 over topic, key and value, so that where a command went is proved as well. */
    CommandDigest digest() {
        MessageDigest digest = sha256();
        digest.update(topic.name().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(codec.encode(value));
        return new CommandDigest(id, ByteBuffer.wrap(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
