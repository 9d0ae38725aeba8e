package dev.intermezzo.orchestrator.correlator;

import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.ACCOUNT;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.HOLD;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.KEY;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.TRANSACTION;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.decode;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.encode;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.entry;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.shopSays;
import static dev.intermezzo.orchestrator.correlator.CorrelatorDriver.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookShape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no payment can take is a dead letter that says why and where it came from. */
class CorrelatorDeadLettersTest {

    private final CorrelatorDriver correlator = new CorrelatorDriver();

    @AfterEach
    void close() {
        correlator.close();
    }

    @Test
    void anything_but_an_approval_that_nobody_claims_is_a_dead_letter() {
        correlator.send(webhook("wh-1", TransactionStatus.DECLINED));

        correlator.driver.advanceWallClockTime(HOLD.plusSeconds(1));

        assertThat(correlator.letter().getCode()).isEqualTo("webhook-unclaimed");
        assertThat(correlator.internal.isEmpty()).isTrue();
    }

    @Test
    void a_dead_letter_names_the_place_of_the_webhook_and_holds_it_sealed() {
        correlator.send(webhook("wh-0", TransactionStatus.PENDING));
        correlator.send(webhook("wh-1", TransactionStatus.DECLINED));
        correlator.driver.advanceWallClockTime(HOLD.plusSeconds(1));
        correlator.letter();

        DeadLetter second = correlator.letter();

        assertThat(second.getSourceTopic()).isEqualTo("webhook-inbox");
        assertThat(second.getSourceOffset()).isEqualTo(1);
        byte[] sealed = new byte[second.getSealedOriginal().remaining()];
        second.getSealedOriginal().duplicate().get(sealed);
        InboxWebhook opened = decode(Topics.WEBHOOK_INBOX, correlator.vault.open(second.getId(), sealed));
        assertThat(opened.getId()).isEqualTo("wh-1");
    }

    @Test
    void a_webhook_without_a_transaction_is_a_dead_letter_at_once() {
        correlator.inbox.pipeInput(
                Ids.transactionKey(ACCOUNT, ""),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", "", TransactionStatus.APPROVED, WebhookShape.YEAR_2026)));

        assertThat(correlator.letter().getCode()).isEqualTo("webhook-without-transaction");
    }

    @Test
    void an_unreadable_webhook_is_a_dead_letter_at_once() {
        correlator.inbox.pipeInput(
                Ids.transactionKey(ACCOUNT, ""),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", "", TransactionStatus.UNKNOWN, WebhookShape.UNREADABLE)));

        assertThat(correlator.letter().getCode()).isEqualTo("webhook-unreadable");
    }

    @Test
    void what_a_shop_tells_and_nobody_can_read_is_a_dead_letter() {
        String key = Ids.transactionKey(Ids.shop("demo-shop"), "");

        correlator.inbox.pipeInput(key, encode(Topics.WEBHOOK_INBOX, shopSays("", WebhookShape.UNREADABLE)));

        assertThat(correlator.letter().getCode()).isEqualTo("webhook-unreadable");
    }

    /** The Cashier's own words are no shop's, whatever transaction they name. */
    @Test
    void an_unreadable_webhook_is_called_so_wherever_it_lies_below_its_account() {
        correlator.inbox.pipeInput(
                Ids.transactionKey(ACCOUNT, "3f2a"),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", "", TransactionStatus.UNKNOWN, WebhookShape.UNREADABLE)));
        correlator.inbox.pipeInput(
                Ids.transactionKey("other-account", "3f2a"),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-2", "", TransactionStatus.UNKNOWN, WebhookShape.UNREADABLE)));

        assertThat(correlator.letter().getCode()).isEqualTo("webhook-unreadable");
        assertThat(correlator.letter().getCode()).isEqualTo("key-mismatch");
    }

    @Test
    void more_early_webhooks_than_anybody_needs_are_dead_letters() {
        for (int i = 0; i < CorrelationStep.MAX_HELD; i++) {
            correlator.send(webhook("wh-" + i, TransactionStatus.PENDING));
        }
        assertThat(correlator.deadLetters.isEmpty()).isTrue();

        correlator.send(webhook("wh-last", TransactionStatus.PENDING));

        assertThat(correlator.letter().getCode()).isEqualTo("webhook-hold-full");
    }

    @Test
    void a_value_of_another_kind_is_a_dead_letter_of_wrong_origin() {
        correlator.inbox.pipeInput(KEY, encode(Topics.WEBHOOK_INDEX, entry()));

        assertThat(correlator.letter().getCode()).isEqualTo("wrong-origin");
    }

    @Test
    void bytes_that_are_no_value_are_a_dead_letter() {
        correlator.inbox.pipeInput(KEY, new byte[] {1, 2, 3});

        assertThat(correlator.letter().getCode()).isEqualTo("undecodable");
    }

    @Test
    void a_webhook_under_the_key_of_another_transaction_is_a_dead_letter() {
        correlator.inbox.pipeInput(
                Ids.transactionKey("other-account", TRANSACTION),
                encode(Topics.WEBHOOK_INBOX, webhook("wh-1", TransactionStatus.APPROVED)));

        assertThat(correlator.letter().getCode()).isEqualTo("key-mismatch");
    }
}
