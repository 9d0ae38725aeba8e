package dev.intermezzo.orchestrator.correlator;

import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.ACCOUNT;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.HOLD;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.KEY;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.PAYMENT;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.RETENTION;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.TRANSACTION;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.decode;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.encode;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.entry;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.naming;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.shopSays;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookOrphaned;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a webhook finds its payment, waits for it, or becomes an orphan. */
class CorrelatorTopologyTest {

    private final CorrelatorDriver correlator = new CorrelatorDriver();

    @AfterEach
    void close() {
        correlator.close();
    }

    @Test
    void a_webhook_of_a_known_transaction_goes_to_its_payment() {
        correlator.send(entry());

        correlator.send(webhook("wh-1", TransactionStatus.APPROVED));

        TestRecord<String, byte[]> published = correlator.internal.readRecord();
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
        correlator.inbox.pipeInput(new TestRecord<>(
                KEY,
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", TransactionStatus.APPROVED)),
                new RecordHeaders().add("traceparent", "00-abc-def-01".getBytes(StandardCharsets.UTF_8))));

        correlator.send(entry());

        assertThat(correlator
                        .internal
                        .readRecord()
                        .headers()
                        .lastHeader("traceparent")
                        .value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("00-abc-def-01");
    }

    @Test
    void early_webhooks_wait_and_are_released_in_order_when_the_transaction_becomes_known() {
        correlator.send(webhook("wh-1", TransactionStatus.PENDING));
        correlator.send(webhook("wh-2", TransactionStatus.APPROVED));
        assertThat(correlator.internal.isEmpty()).isTrue();

        correlator.send(entry());

        assertThat(correlator.published()).extracting(InternalEvent::getId).containsExactly("wh-1", "wh-2");
        correlator.driver.advanceWallClockTime(HOLD.plusSeconds(1));
        assertThat(correlator.internal.isEmpty()).isTrue();
        assertThat(correlator.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void an_approval_that_nobody_claims_becomes_an_orphan_after_the_holding_time_and_not_before() {
        correlator.send(webhook("wh-1", TransactionStatus.APPROVED));

        correlator.driver.advanceWallClockTime(HOLD.minusSeconds(1));
        assertThat(correlator.internal.isEmpty()).isTrue();
        correlator.driver.advanceWallClockTime(Duration.ofSeconds(2));

        TestRecord<String, byte[]> published = correlator.internal.readRecord();
        InternalEvent event = decode(Topics.PAYMENT_INTERNAL, published.value());
        assertThat(published.key()).isEqualTo(Ids.orphan(ACCOUNT, TRANSACTION));
        assertThat(event.getPaymentId()).isEqualTo(Ids.orphan(ACCOUNT, TRANSACTION));
        assertThat(event.getBody()).isInstanceOf(WebhookOrphaned.class);
        assertThat(correlator.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void what_a_shop_tells_of_its_order_goes_to_its_payment() {
        String key = Ids.transactionKey(Ids.shop("demo-shop"), "M-1");
        correlator.index.pipeInput(key, encode(Topics.WEBHOOK_INDEX, entry()));

        correlator.inbox.pipeInput(key, encode(Topics.WEBHOOK_INBOX, shopSays("M-1", WebhookShape.OTHER)));

        assertThat(correlator.published()).singleElement().satisfies(event -> {
            assertThat(event.getPaymentId()).isEqualTo(PAYMENT);
            assertThat(event.getId()).isEqualTo("shop-1");
        });
    }

    /** Shops tell of all their orders; most are paid in other ways. */
    @Test
    void what_a_shop_tells_of_an_order_that_never_came_here_is_passed_over() {
        String key = Ids.transactionKey(Ids.shop("demo-shop"), "M-2");

        correlator.inbox.pipeInput(key, encode(Topics.WEBHOOK_INBOX, shopSays("M-2", WebhookShape.OTHER)));
        correlator.driver.advanceWallClockTime(HOLD.plusSeconds(1));

        assertThat(correlator.internal.isEmpty()).isTrue();
        assertThat(correlator.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void an_accounts_webhook_does_not_reach_an_order_by_its_invoice() {
        correlator.index.pipeInput(
                Ids.transactionKey(Ids.shop("demo-shop"), TRANSACTION), encode(Topics.WEBHOOK_INDEX, entry()));

        correlator.send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(correlator.internal.isEmpty()).isTrue();
    }

    /** The edge spreads them over the partitions by a hash of the body. */
    @Test
    void a_redelivered_webhook_passes_again_because_the_payment_recognises_it() {
        correlator.send(entry());

        correlator.send(webhook("wh-1", TransactionStatus.APPROVED));
        correlator.send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(correlator.published()).extracting(InternalEvent::getId).containsExactly("wh-1", "wh-1");
    }

    @Test
    void a_redelivered_early_webhook_is_held_once() {
        for (int i = 0; i < CorrelationStep.MAX_HELD * 2; i++) {
            correlator.send(webhook("wh-1", TransactionStatus.APPROVED));
        }

        correlator.send(entry());

        assertThat(correlator.published()).extracting(InternalEvent::getId).containsExactly("wh-1");
        assertThat(correlator.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void a_webhook_whose_user_id_names_its_attempt_does_not_wait_for_the_transaction_to_be_known() {
        correlator.send(naming("wh-1", PAYMENT));

        assertThat(correlator.published()).singleElement().satisfies(event -> {
            assertThat(event.getPaymentId()).isEqualTo(PAYMENT);
            assertThat(event.getMerchantId()).isEqualTo("demo-shop");
            assertThat(event.getBody())
                    .isInstanceOfSatisfying(
                            WebhookMatched.class,
                            matched -> assertThat(matched.getAttempt()).isEqualTo(5));
        });
        correlator.driver.advanceWallClockTime(HOLD.plusSeconds(1));
        assertThat(correlator.internal.isEmpty()).isTrue();
        assertThat(correlator.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void a_known_transaction_counts_more_than_a_user_id() {
        correlator.send(entry());

        correlator.send(naming("wh-1", PAYMENT));

        assertThat(correlator.published())
                .singleElement()
                .extracting(InternalEvent::getBody)
                .isInstanceOfSatisfying(
                        WebhookMatched.class,
                        matched -> assertThat(matched.getAttempt()).isEqualTo(2));
    }

    @Test
    void a_user_id_that_the_edge_did_not_confirm_leads_nowhere() {
        correlator.send(naming("wh-1", ""));

        assertThat(correlator.internal.isEmpty()).isTrue();
        correlator.driver.advanceWallClockTime(HOLD.plusSeconds(1));
        assertThat(correlator.published())
                .singleElement()
                .extracting(InternalEvent::getBody)
                .isInstanceOf(WebhookOrphaned.class);
    }

    @Test
    void a_second_index_entry_does_not_move_a_transaction_to_another_payment() {
        correlator.send(entry());
        correlator.send(WebhookIndexEntry.newBuilder(entry())
                .setPaymentId("demo-shop~other")
                .build());

        correlator.send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(correlator.published())
                .extracting(InternalEvent::getPaymentId)
                .containsExactly(PAYMENT);
    }

    @Test
    void an_index_entry_is_forgotten_after_its_retention() {
        correlator.send(entry());

        correlator.driver.advanceWallClockTime(RETENTION.plusDays(1));

        assertThat(correlator
                        .driver
                        .getKeyValueStore(CorrelatorProcessor.CORRELATIONS)
                        .get(KEY))
                .isNull();
    }

    @Test
    void a_tombstone_of_the_index_changes_nothing() {
        correlator.send(entry());

        correlator.index.pipeInput(KEY, (byte[]) null);
        correlator.send(webhook("wh-1", TransactionStatus.APPROVED));

        assertThat(correlator.published()).hasSize(1);
        assertThat(correlator.deadLetters.isEmpty()).isTrue();
    }
}
