package dev.intermezzo.schemas;

import static dev.intermezzo.schemas.Topic.Cleanup.COMPACT;
import static dev.intermezzo.schemas.Topic.Cleanup.COMPACT_AND_DELETE;
import static dev.intermezzo.schemas.Topic.Cleanup.DELETE;
import static dev.intermezzo.schemas.Topic.Writer.BOTH;
import static dev.intermezzo.schemas.Topic.Writer.PLAIN;
import static dev.intermezzo.schemas.Topic.Writer.TRANSACTIONAL;

import dev.intermezzo.schemas.Topic.Cleanup;
import dev.intermezzo.schemas.Topic.Key;
import dev.intermezzo.schemas.Topic.Writer;
import dev.intermezzo.schemas.avro.ApiRequest;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.VoucherTry;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.utils.Utils;

/**
 * The topic catalogue. Inputs of the orchestrator are separate topics by origin, so that each stage's principal may write
 * only its own kind of fact. Times given here are minimums for an installation; {@code topics plan} compares.
 */
public final class Topics {
    /** Prefix of every topic of an installation unless the setting {@code topic-prefix} says otherwise. */
    public static final String DEFAULT_PREFIX = "intermezzo.";

    /** Chosen once per installation; more partitions later means a rebuild from the ledger. */
    public static final int DEFAULT_PARTITIONS = 24;

    /** Longest time a forgotten or replaced key stays readable in a compacted topic. */
    public static final Duration MAX_COMPACTION_LAG = Duration.ofHours(1);

    private static final Duration OUTAGE = Duration.ofDays(7);
    private static final Duration SHORT = Duration.ofDays(1);
    private static final Duration TRIES = Duration.ofHours(2);
    private static final Duration IDEMPOTENCY = Duration.ofDays(30);
    private static final Duration LATEST_LATE_FACT = Duration.ofDays(400);

    public static final Topic<PaymentEvent> PAYMENT_EVENTS =
            kept("payment-events", PaymentEvent.class, Key.PAYMENT_ID, OUTAGE, PLAIN);
    public static final Topic<InboxWebhook> WEBHOOK_INBOX =
            kept("webhook-inbox", InboxWebhook.class, Key.TRANSACTION, OUTAGE, PLAIN);
    public static final Topic<WebhookIndexEntry> WEBHOOK_INDEX = of(
            "webhook-index",
            WebhookIndexEntry.class,
            Key.TRANSACTION,
            COMPACT_AND_DELETE,
            LATEST_LATE_FACT,
            TRANSACTIONAL);
    public static final Topic<CashierResult> CASHIER_RESULTS =
            kept("cashier-results", CashierResult.class, Key.PAYMENT_ID, OUTAGE, PLAIN);
    public static final Topic<ShopResult> SHOP_RESULTS =
            kept("shop-results", ShopResult.class, Key.PAYMENT_ID, OUTAGE, PLAIN);
    public static final Topic<NotificationResult> NOTIFICATION_RESULTS =
            kept("notification-results", NotificationResult.class, Key.PAYMENT_ID, OUTAGE, PLAIN);
    public static final Topic<OperatorAct> OPERATOR_ACTS =
            kept("operator-acts", OperatorAct.class, Key.PAYMENT_ID, OUTAGE, PLAIN);
    public static final Topic<InternalEvent> PAYMENT_INTERNAL =
            kept("payment-internal", InternalEvent.class, Key.PAYMENT_ID, SHORT, TRANSACTIONAL);
    public static final Topic<LedgerEntry> PAYMENT_LEDGER =
            new Topic<>("payment-ledger", LedgerEntry.class, Key.PAYMENT_ID, DELETE, Optional.empty(), TRANSACTIONAL);
    public static final Topic<PaymentView> PAYMENT_VIEWS =
            kept("payment-views", PaymentView.class, Key.PAYMENT_ID, Duration.ofHours(1), TRANSACTIONAL);
    public static final Topic<CashierCommand> CASHIER_COMMANDS =
            kept("cashier-commands", CashierCommand.class, Key.PAYMENT_ID, SHORT, TRANSACTIONAL);
    public static final Topic<CashierCommand> ONCE_COMMANDS =
            kept("once-commands", CashierCommand.class, Key.PAYMENT_ID, SHORT, TRANSACTIONAL);
    public static final Topic<ExecutionClaim> ONCE_CLAIMS = of(
            "once-claims", ExecutionClaim.class, Key.COMMAND_ID, COMPACT_AND_DELETE, LATEST_LATE_FACT, TRANSACTIONAL);
    public static final Topic<ShopCommand> SHOP_COMMANDS =
            kept("shop-commands", ShopCommand.class, Key.MERCHANT_ID, SHORT, TRANSACTIONAL);
    public static final Topic<NotificationRequest> NOTIFICATION_REQUESTS =
            kept("notification-requests", NotificationRequest.class, Key.PAYMENT_ID, OUTAGE, TRANSACTIONAL);
    public static final Topic<NotificationDue> NOTIFICATION_DUE =
            kept("notification-due", NotificationDue.class, Key.PAYMENT_ID, SHORT, TRANSACTIONAL);
    public static final Topic<MerchantRecord> MERCHANTS =
            new Topic<>("merchants", MerchantRecord.class, Key.RECORD_ID, COMPACT, Optional.empty(), PLAIN);
    public static final Topic<BuyerKey> BUYER_KEYS =
            new Topic<>("buyer-keys", BuyerKey.class, Key.PAYMENT_ID, COMPACT, Optional.empty(), PLAIN);
    /** Never compacted: which request came first is what its readers want to know. */
    public static final Topic<ApiRequest> API_REQUESTS =
            kept("api-requests", ApiRequest.class, Key.API_REQUEST, IDEMPOTENCY, PLAIN);
    /** Never compacted: how many came before is what its readers want to know. */
    public static final Topic<VoucherTry> VOUCHER_TRIES =
            kept("voucher-tries", VoucherTry.class, Key.ADDRESS, TRIES, PLAIN);
    /**
     * Streams applications bury in the transaction that passes the record by, command pumps with a plain producer. Only people
     * read it (console, cli), so that a letter which waits for a crashed writer's transaction holds up no payment.
     */
    public static final Topic<DeadLetter> DEAD_LETTERS =
            kept("dead-letters", DeadLetter.class, Key.ORIGINAL, Duration.ofDays(30), BOTH);

    /** Compacted topic of writer schemas; key: fingerprint in hexadecimal, value: the schema's JSON, without any header. */
    public static final String SCHEMAS_NAME = "schemas";

    /**
     * Consumer group, without prefix, that executes {@link #ONCE_COMMANDS}. It never begins by itself where no offset is
     * committed: {@code topics apply} commits the first ones.
     */
    public static final String ONCE_GROUP = "once";

    /** Every topic with Avro values, in the order of the architecture document. */
    public static final List<Topic<? extends SpecificRecordBase>> ALL = List.of(
            PAYMENT_EVENTS,
            WEBHOOK_INBOX,
            WEBHOOK_INDEX,
            CASHIER_RESULTS,
            SHOP_RESULTS,
            NOTIFICATION_RESULTS,
            OPERATOR_ACTS,
            PAYMENT_INTERNAL,
            PAYMENT_LEDGER,
            PAYMENT_VIEWS,
            CASHIER_COMMANDS,
            ONCE_COMMANDS,
            ONCE_CLAIMS,
            SHOP_COMMANDS,
            NOTIFICATION_REQUESTS,
            NOTIFICATION_DUE,
            MERCHANTS,
            BUYER_KEYS,
            API_REQUESTS,
            VOUCHER_TRIES,
            DEAD_LETTERS);

    static {
        AvroGuards.install();
    }

    private Topics() {}

    /**
     * The partition where every producer puts records with this key: all use Kafka's default, a hash of the key's UTF-8
     * bytes.
     *
     * @param partitions of the topic, at least 1
     */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private static <T extends SpecificRecordBase> Topic<T> kept(
            String name, Class<T> value, Key key, Duration retention, Writer writer) {
        return of(name, value, key, DELETE, retention, writer);
    }

    private static <T extends SpecificRecordBase> Topic<T> of(
            String name, Class<T> value, Key key, Cleanup cleanup, Duration retention, Writer writer) {
        return new Topic<>(name, value, key, cleanup, Optional.of(retention), writer);
    }
}
