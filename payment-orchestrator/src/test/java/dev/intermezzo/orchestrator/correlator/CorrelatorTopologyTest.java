package dev.intermezzo.orchestrator.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookOrphaned;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CorrelatorTopologyTest {
    private static final String PREFIX = "test.";
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(15);
    private static final Duration RETENTION = Duration.ofDays(400);
    private static final String ACCOUNT = "sandbox-account";
    private static final String TRANSACTION = "tx-1";
    private static final String KEY = Ids.transactionKey(ACCOUNT, TRANSACTION);
    private static final String PAYMENT = "demo-shop~11111111-1111-4111-8111-111111111111";

    private final Vault vault = new Vault(SealingKeys.generate());
    private final TopologyTestDriver driver = new TopologyTestDriver(
            CorrelatorTopology.of(
                            PREFIX, HOLD, RETENTION, new DeadLetters(vault, () -> START), WriterSchemas.compiledIn())
                    .topology(),
            config(),
            START);
    private final TestInputTopic<String, byte[]> inbox = input(Topics.WEBHOOK_INBOX);
    private final TestInputTopic<String, byte[]> index = input(Topics.WEBHOOK_INDEX);
    private final TestOutputTopic<String, byte[]> internal = output(Topics.PAYMENT_INTERNAL);
    private final TestOutputTopic<String, byte[]> deadLetters = output(Topics.DEAD_LETTERS);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void a_webhook_of_a_known_transaction_goes_to_its_payment() {
        send(entry());

        send(webhook("wh-1", TransactionStatus.APPROVED));

        TestRecord<String, byte[]> published = internal.readRecord();
        InternalEvent event = decode(Topics.PAYMENT_INTERNAL, published.value());
        assertThat(published.key()).isEqualTo(PAYMENT);
        assertThat(event.getId()).isEqualTo("wh-1");
        assertThat(event.getPaymentId()).isEqualTo(PAYMENT);
        assertThat(event.getMerchantId()).isEqualTo("demo-shop");
        assertThat(event.getBody()).isInstanceOfSatisfying(WebhookMatched.class, matched -> {
            assertThat(matched.getAttempt()).isEqualTo(2);
            assertThat(matched.getWebhook().getTransactionId()).isEqualTo(TRANSACTION);
        });
    }

    @Test
    void the_trace_of_a_webhook_goes_on_to_its_payment_also_when_it_was_held() {
        inbox.pipeInput(new TestRecord<>(
                KEY,
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", TransactionStatus.APPROVED)),
                new RecordHeaders().add("traceparent", "00-abc-def-01".getBytes(StandardCharsets.UTF_8))));

        send(entry());

        assertThat(internal.readRecord().headers().lastHeader("traceparent").value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("00-abc-def-01");
    }

    @Test
    void early_webhooks_wait_and_are_released_in_order_when_the_transaction_becomes_known() {
        send(webhook("wh-1", TransactionStatus.PENDING));
        send(webhook("wh-2", TransactionStatus.APPROVED));
        assertThat(internal.isEmpty()).isTrue();

        send(entry());

        assertThat(published()).extracting(InternalEvent::getId).containsExactly("wh-1", "wh-2");
        driver.advanceWallClockTime(HOLD.plusSeconds(1));
        assertThat(internal.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void an_approval_that_nobody_claims_becomes_an_orphan_after_the_holding_time_and_not_before() {
        send(webhook("wh-1", TransactionStatus.APPROVED));

        driver.advanceWallClockTime(HOLD.minusSeconds(1));
        assertThat(internal.isEmpty()).isTrue();
        driver.advanceWallClockTime(Duration.ofSeconds(2));

        TestRecord<String, byte[]> published = internal.readRecord();
        InternalEvent event = decode(Topics.PAYMENT_INTERNAL, published.value());
        assertThat(published.key()).isEqualTo(Ids.orphan(ACCOUNT, TRANSACTION));
        assertThat(event.getPaymentId()).isEqualTo(Ids.orphan(ACCOUNT, TRANSACTION));
        assertThat(event.getBody()).isInstanceOf(WebhookOrphaned.class);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void anything_but_an_approval_that_nobody_claims_is_a_dead_letter() {
        send(webhook("wh-1", TransactionStatus.DECLINED));

        driver.advanceWallClockTime(HOLD.plusSeconds(1));

        assertThat(letter().getCode()).isEqualTo("webhook-unclaimed");
        assertThat(internal.isEmpty()).isTrue();
    }

    @Test
    void a_dead_letter_names_the_place_of_the_webhook_and_holds_it_sealed() {
        send(webhook("wh-0", TransactionStatus.PENDING));
        send(webhook("wh-1", TransactionStatus.DECLINED));
        driver.advanceWallClockTime(HOLD.plusSeconds(1));
        letter();

        DeadLetter second = letter();

        assertThat(second.getSourceTopic()).isEqualTo("webhook-inbox");
        assertThat(second.getSourceOffset()).isEqualTo(1);
        byte[] sealed = new byte[second.getSealedOriginal().remaining()];
        second.getSealedOriginal().duplicate().get(sealed);
        InboxWebhook opened = decode(Topics.WEBHOOK_INBOX, vault.open(second.getId(), sealed));
        assertThat(opened.getId()).isEqualTo("wh-1");
    }

    @Test
    void a_webhook_without_a_transaction_is_a_dead_letter_at_once() {
        inbox.pipeInput(
                Ids.transactionKey(ACCOUNT, ""),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", "", TransactionStatus.APPROVED, WebhookShape.YEAR_2026)));

        assertThat(letter().getCode()).isEqualTo("webhook-without-transaction");
    }

    @Test
    void an_unreadable_webhook_is_a_dead_letter_at_once() {
        inbox.pipeInput(
                Ids.transactionKey(ACCOUNT, ""),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", "", TransactionStatus.UNKNOWN, WebhookShape.UNREADABLE)));

        assertThat(letter().getCode()).isEqualTo("webhook-unreadable");
    }

    @Test
    void what_a_shop_tells_of_its_order_goes_to_its_payment() {
        String key = Ids.transactionKey(Ids.shop("demo-shop"), "M-1");
        index.pipeInput(key, encode(Topics.WEBHOOK_INDEX, entry()));

        inbox.pipeInput(key, encode(Topics.WEBHOOK_INBOX, shopSays("M-1", WebhookShape.OTHER)));

        assertThat(published()).singleElement().satisfies(event -> {
            assertThat(event.getPaymentId()).isEqualTo(PAYMENT);
            assertThat(event.getId()).isEqualTo("shop-1");
        });
    }

    /** Shops tell of all their orders; most are paid in other ways. */
    @Test
    void what_a_shop_tells_of_an_order_that_never_came_here_is_passed_over() {
        String key = Ids.transactionKey(Ids.shop("demo-shop"), "M-2");

        inbox.pipeInput(key, encode(Topics.WEBHOOK_INBOX, shopSays("M-2", WebhookShape.OTHER)));
        driver.advanceWallClockTime(HOLD.plusSeconds(1));

        assertThat(internal.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void what_a_shop_tells_and_nobody_can_read_is_a_dead_letter() {
        String key = Ids.transactionKey(Ids.shop("demo-shop"), "");

        inbox.pipeInput(key, encode(Topics.WEBHOOK_INBOX, shopSays("", WebhookShape.UNREADABLE)));

        assertThat(letter().getCode()).isEqualTo("webhook-unreadable");
    }

    /** The Cashier's own words are no shop's, whatever transaction they name. */
    @Test
    void an_accounts_webhook_does_not_reach_an_order_by_its_invoice() {
        index.pipeInput(Ids.transactionKey(Ids.shop("demo-shop"), TRANSACTION), encode(Topics.WEBHOOK_INDEX, entry()));

        send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(internal.isEmpty()).isTrue();
    }

    /** The edge spreads them over the partitions by a hash of the body. */
    @Test
    void an_unreadable_webhook_is_called_so_wherever_it_lies_below_its_account() {
        inbox.pipeInput(
                Ids.transactionKey(ACCOUNT, "3f2a"),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", "", TransactionStatus.UNKNOWN, WebhookShape.UNREADABLE)));
        inbox.pipeInput(
                Ids.transactionKey("other-account", "3f2a"),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-2", "", TransactionStatus.UNKNOWN, WebhookShape.UNREADABLE)));

        assertThat(letter().getCode()).isEqualTo("webhook-unreadable");
        assertThat(letter().getCode()).isEqualTo("key-mismatch");
    }

    @Test
    void a_redelivered_webhook_passes_again_because_the_payment_recognises_it() {
        send(entry());

        send(webhook("wh-1", TransactionStatus.APPROVED));
        send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(published()).extracting(InternalEvent::getId).containsExactly("wh-1", "wh-1");
    }

    @Test
    void a_redelivered_early_webhook_is_held_once() {
        for (int i = 0; i < CorrelationStep.MAX_HELD * 2; i++) {
            send(webhook("wh-1", TransactionStatus.APPROVED));
        }

        send(entry());

        assertThat(published()).extracting(InternalEvent::getId).containsExactly("wh-1");
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void more_early_webhooks_than_anybody_needs_are_dead_letters() {
        for (int i = 0; i < CorrelationStep.MAX_HELD; i++) {
            send(webhook("wh-" + i, TransactionStatus.PENDING));
        }
        assertThat(deadLetters.isEmpty()).isTrue();

        send(webhook("wh-last", TransactionStatus.PENDING));

        assertThat(letter().getCode()).isEqualTo("webhook-hold-full");
    }

    @Test
    void a_webhook_whose_user_id_names_its_attempt_does_not_wait_for_the_transaction_to_be_known() {
        send(naming("wh-1", PAYMENT));

        assertThat(published()).singleElement().satisfies(event -> {
            assertThat(event.getPaymentId()).isEqualTo(PAYMENT);
            assertThat(event.getMerchantId()).isEqualTo("demo-shop");
            assertThat(event.getBody())
                    .isInstanceOfSatisfying(
                            WebhookMatched.class,
                            matched -> assertThat(matched.getAttempt()).isEqualTo(5));
        });
        driver.advanceWallClockTime(HOLD.plusSeconds(1));
        assertThat(internal.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void a_known_transaction_counts_more_than_a_user_id() {
        send(entry());

        send(naming("wh-1", PAYMENT));

        assertThat(published())
                .singleElement()
                .extracting(InternalEvent::getBody)
                .isInstanceOfSatisfying(
                        WebhookMatched.class,
                        matched -> assertThat(matched.getAttempt()).isEqualTo(2));
    }

    @Test
    void a_user_id_that_the_edge_did_not_confirm_leads_nowhere() {
        send(naming("wh-1", ""));

        assertThat(internal.isEmpty()).isTrue();
        driver.advanceWallClockTime(HOLD.plusSeconds(1));
        assertThat(published())
                .singleElement()
                .extracting(InternalEvent::getBody)
                .isInstanceOf(WebhookOrphaned.class);
    }

    @Test
    void a_second_index_entry_does_not_move_a_transaction_to_another_payment() {
        send(entry());
        send(WebhookIndexEntry.newBuilder(entry())
                .setPaymentId("demo-shop~other")
                .build());

        send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(published()).extracting(InternalEvent::getPaymentId).containsExactly(PAYMENT);
    }

    @Test
    void an_index_entry_is_forgotten_after_its_retention() {
        send(entry());

        driver.advanceWallClockTime(RETENTION.plusDays(1));

        assertThat(driver.getKeyValueStore(CorrelatorProcessor.CORRELATIONS).get(KEY))
                .isNull();
    }

    @Test
    void a_value_of_another_kind_is_a_dead_letter_of_wrong_origin() {
        inbox.pipeInput(KEY, encode(Topics.WEBHOOK_INDEX, entry()));

        assertThat(letter().getCode()).isEqualTo("wrong-origin");
    }

    @Test
    void bytes_that_are_no_value_are_a_dead_letter() {
        inbox.pipeInput(KEY, new byte[] {1, 2, 3});

        assertThat(letter().getCode()).isEqualTo("undecodable");
    }

    @Test
    void a_webhook_under_the_key_of_another_transaction_is_a_dead_letter() {
        inbox.pipeInput(
                Ids.transactionKey("other-account", TRANSACTION),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", TransactionStatus.APPROVED)));

        assertThat(letter().getCode()).isEqualTo("key-mismatch");
    }

    @Test
    void a_tombstone_of_the_index_changes_nothing() {
        send(entry());

        index.pipeInput(KEY, (byte[]) null);
        send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(published()).hasSize(1);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    private void send(InboxWebhook webhook) {
        inbox.pipeInput(KEY, encode(Topics.WEBHOOK_INBOX, webhook));
    }

    private void send(WebhookIndexEntry entry) {
        index.pipeInput(KEY, encode(Topics.WEBHOOK_INDEX, entry));
    }

    private List<InternalEvent> published() {
        return internal.readValuesToList().stream()
                .map(value -> decode(Topics.PAYMENT_INTERNAL, value))
                .toList();
    }

    private DeadLetter letter() {
        return decode(Topics.DEAD_LETTERS, deadLetters.readValue());
    }

    private static WebhookIndexEntry entry() {
        return WebhookIndexEntry.newBuilder()
                .setPaymentId(PAYMENT)
                .setMerchantId("demo-shop")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(START)
                .setAttempt(2)
                .setProvider("PAYONE")
                .build();
    }

    /** With a user id that names attempt 5; the edge adds the payment when its integration uses the account. */
    private static InboxWebhook naming(String id, String confirmedPayment) {
        InboxWebhook webhook = webhook(id, TransactionStatus.APPROVED);
        return InboxWebhook.newBuilder(webhook)
                .setPaymentId(confirmedPayment)
                .setMerchantId(confirmedPayment.isEmpty() ? "" : "demo-shop")
                .setWebhook(WebhookFacts.newBuilder(webhook.getWebhook())
                        .setUserId(UserId.perAttempt(PaymentAttempt.of(PAYMENT, 5)))
                        .build())
                .build();
    }

    private static InboxWebhook webhook(String id, TransactionStatus status) {
        return webhook(id, TRANSACTION, status, WebhookShape.YEAR_2026);
    }

    private static InboxWebhook webhook(String id, String transaction, TransactionStatus status, WebhookShape shape) {
        return InboxWebhook.newBuilder()
                .setId(id)
                .setPaymentId("")
                .setMerchantId("")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(START)
                .setWebhook(WebhookFacts.newBuilder()
                        .setAccount(ACCOUNT)
                        .setTransactionId(transaction)
                        .setRawStatus(status.name())
                        .setStatus(status)
                        .setAmount(new BigDecimal("10.0000"))
                        .setShape(shape)
                        .setBodyDigest(ByteBuffer.allocate(32))
                        .build())
                .build();
    }

    private static InboxWebhook shopSays(String invoice, WebhookShape shape) {
        InboxWebhook webhook = webhook("shop-1", invoice, TransactionStatus.UNKNOWN, shape);
        return InboxWebhook.newBuilder(webhook)
                .setWebhook(WebhookFacts.newBuilder(webhook.getWebhook())
                        .setAccount(Ids.shop("demo-shop"))
                        .setRawStatus("paid")
                        .build())
                .build();
    }

    private TestInputTopic<String, byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(
                topic.in(PREFIX),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer());
    }

    private TestOutputTopic<String, byte[]> output(Topic<?> topic) {
        return driver.createOutputTopic(
                topic.in(PREFIX),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer());
    }

    private static <T extends SpecificRecordBase> byte[] encode(Topic<T> topic, T value) {
        return Codec.of(topic.value()).encode(value);
    }

    private static <T extends SpecificRecordBase> T decode(Topic<T> topic, byte[] value) {
        return Codec.of(topic.value()).decode(value, WriterSchemas.compiledIn());
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "correlator-test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        return config;
    }
}
