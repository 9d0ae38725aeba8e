package dev.intermezzo.orchestrator.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.auditor.AuditStep.Checked;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.topology.Facts;
import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditorTopologyTest {
    private final Facts facts = Facts.ofOrder(1);
    private AuditorHarness auditor = new AuditorHarness(new Bookkeeper());

    @AfterEach
    void close() {
        auditor.close();
    }

    @Test
    void honest_ledgers_break_no_rule_and_are_counted() {
        auditor.read(honest(new Bookkeeper()).approved().ledger());
        auditor.read(new Stories(Facts.ofOrder(2), new Bookkeeper())
                .approved()
                .refundRequested()
                .begun("cashier-1")
                .ledger());
        auditor.read(new Stories(Facts.ofOrder(3), new Bookkeeper())
                .approved()
                .alsoApproved("tx-other", "49.90")
                .ledger());

        assertThat(auditor.breaches()).isEmpty();
        assertThat(auditor.entries(Checked.WHOLLY)).isEqualTo(3 + 5 + 4);
    }

    // The ledger was tampered with

    @Test
    void an_entry_whose_event_was_changed_is_caught() {
        List<LedgerEntry> ledger =
                new ArrayList<>(honest(new Bookkeeper()).approved().ledger());
        byte[] event = new byte[ledger.get(1).getEvent().remaining()];
        ledger.get(1).getEvent().duplicate().get(event);
        event[event.length - 1] ^= 1;
        ledger.set(
                1,
                LedgerEntry.newBuilder(ledger.get(1))
                        .setEvent(ByteBuffer.wrap(event))
                        .build());

        auditor.read(ledger);

        assertThat(auditor.breaches()).containsExactly(Rule.CHAIN);
        assertThat(auditor.entries(Checked.CHAIN_ONLY)).isEqualTo(2);
    }

    @Test
    void a_dropped_entry_is_caught() {
        List<LedgerEntry> ledger =
                new ArrayList<>(honest(new Bookkeeper()).approved().ledger());
        ledger.remove(1);

        auditor.read(ledger);

        assertThat(auditor.breaches()).containsExactly(Rule.CHAIN);
    }

    @Test
    void a_repeated_entry_and_bytes_that_are_no_entry_are_caught() {
        List<LedgerEntry> ledger = honest(new Bookkeeper()).approved().ledger();
        auditor.read(ledger);
        auditor.read(ledger.subList(2, 3));
        auditor.readAs(Facts.ofOrder(2).payment(), new byte[] {1, 2, 3});

        assertThat(auditor.breaches(Rule.CHAIN)).isEqualTo(2);
    }

    @Test
    void an_entry_forged_with_a_perfect_chain_is_caught_by_its_decision() {
        List<LedgerEntry> ledger =
                new ArrayList<>(honest(new Bookkeeper()).approved().ledger());
        LedgerEntry forged = LedgerEntry.newBuilder(ledger.get(2))
                .setVerdict(Verdict.NOTED)
                .setVerdictCode("being-reviewed")
                .build();
        ledger.set(
                2,
                LedgerEntry.newBuilder(forged)
                        .setHash(ByteBuffer.wrap(LedgerHash.hash(forged)))
                        .build());

        auditor.read(ledger);

        assertThat(auditor.breaches()).containsExactly(Rule.DECISION);
    }

    @Test
    void a_breach_is_told_once_however_many_entries_follow() {
        List<LedgerEntry> ledger = new ArrayList<>(honest(new Bookkeeper())
                .approved()
                .refundRequested()
                .begun("cashier-1")
                .ledger());
        ledger.remove(1);
        ledger.remove(2);

        auditor.read(ledger);

        assertThat(auditor.breaches(Rule.CHAIN)).isEqualTo(1);
    }

    @Test
    void another_decider_version_is_followed_while_it_decides_the_same() {
        auditor.read(honest(new Bookkeeper(Decider::decide, Decider.DECIDER_VERSION + 1))
                .approved()
                .ledger());

        assertThat(auditor.breaches()).isEmpty();
        assertThat(auditor.entries(Checked.WHOLLY)).isEqualTo(3);
    }

    @Test
    void another_decider_version_that_decides_otherwise_is_checked_for_its_chain_only() {
        auditor.read(honest(BrokenBuilds.anotherVersionWithoutSandboxRule())
                .approved()
                .ledger());

        assertThat(auditor.breaches()).isEmpty();
        assertThat(auditor.entries(Checked.CHAIN_ONLY)).isEqualTo(3);
    }

    // A build forgot a rule; orchestrator and auditor both are that build

    @Test
    void a_build_without_the_amount_check_is_caught() {
        Bookkeeper broken = BrokenBuilds.withoutAmountCheck();
        assertThat(caught(broken, honest(broken).atProvider().alsoApproved(facts.transaction(), "0.02")))
                .containsExactly(Rule.APPROVED_MONEY, Rule.COUNTED_MONEY);
    }

    @Test
    void a_build_that_takes_other_money_for_the_price_once_more_is_caught_although_a_case_is_open() {
        Bookkeeper broken = BrokenBuilds.withoutAmountCheck();
        assertThat(caught(broken, honest(broken).approved().alsoApproved("tx-other", "0.02")))
                .containsExactly(Rule.COUNTED_MONEY);
    }

    @Test
    void a_build_that_counts_a_transaction_twice_is_caught_although_a_case_is_open() {
        Bookkeeper broken = BrokenBuilds.countingEachWebhook();
        assertThat(caught(broken, honest(broken).approved().alsoApproved(facts.transaction(), "49.90")))
                .containsExactly(Rule.COUNTED_MONEY);
    }

    @Test
    void a_build_that_passes_over_a_second_payment_is_caught_although_its_books_balance() {
        Bookkeeper broken = BrokenBuilds.droppingFurtherMoney();
        assertThat(caught(broken, honest(broken).approved().alsoApproved("tx-other", "49.90")))
                .containsExactly(Rule.COUNTED_MONEY);
    }

    @Test
    void a_build_without_the_surplus_rule_is_caught() {
        Bookkeeper broken = BrokenBuilds.withoutSurplusRule();
        assertThat(caught(broken, honest(broken).approved().alsoApproved("tx-other", "49.90")))
                .containsExactly(Rule.BALANCE);
    }

    @Test
    void a_build_that_tells_two_outcomes_is_caught() {
        Bookkeeper broken = BrokenBuilds.tellingBoth();
        assertThat(caught(broken, honest(broken).approved())).containsExactly(Rule.ONE_OUTCOME);
    }

    @Test
    void a_shop_that_took_failed_after_approved_is_caught() {
        auditor.read(honest(new Bookkeeper())
                .approved()
                .messageEnded(NotifyStatus.APPROVED, NotificationEnd.DELIVERED, 400)
                .messageEnded(NotifyStatus.FAILED, NotificationEnd.DELIVERED, 500)
                .ledger());

        assertThat(auditor.breaches()).containsExactly(Rule.ONE_OUTCOME);
    }

    @Test
    void a_pay_out_ordered_twice_is_caught() {
        Bookkeeper broken = BrokenBuilds.payingTwice();
        assertThat(caught(broken, honest(broken).approved().refundRequested())).containsExactly(Rule.EXECUTED_ONCE);
    }

    @Test
    void a_pay_out_claimed_by_two_executors_is_caught() {
        auditor.read(honest(new Bookkeeper())
                .approved()
                .refundRequested()
                .begun("cashier-1")
                .begun("cashier-2")
                .ledger());

        assertThat(auditor.breaches()).containsExactly(Rule.CLAIMED_ONCE);
    }

    @Test
    void a_build_that_pays_out_on_one_persons_word_is_caught() {
        Bookkeeper broken = BrokenBuilds.withoutSecondPerson();
        assertThat(caught(broken, honest(broken).approved().refundRequestedAlone()))
                .containsExactly(Rule.TWO_PERSONS);
    }

    @Test
    void a_pay_out_that_belongs_to_no_payment_is_audited_as_a_refund_is() {
        Bookkeeper sound = new Bookkeeper();
        Bookkeeper twice = BrokenBuilds.payingTwice();
        Bookkeeper alone = BrokenBuilds.withoutSecondPerson();

        assertThat(caught(sound, honest(sound).payOutRequested("peter"))).isEmpty();
        assertThat(caught(twice, honest(twice).payOutRequested("peter"))).containsExactly(Rule.EXECUTED_ONCE);
        assertThat(caught(alone, honest(alone).payOutRequested(null))).containsExactly(Rule.TWO_PERSONS);
    }

    @Test
    void a_build_that_approves_sandbox_money_for_a_live_shop_is_caught() {
        Bookkeeper broken = BrokenBuilds.withoutSandboxRule();
        assertThat(caught(broken, honest(broken).approved())).containsExactly(Rule.SANDBOX_MONEY);
    }

    // Payments that wait

    @Test
    void a_call_without_an_end_is_told_after_its_limit_and_not_before() {
        auditor.read(honest(new Bookkeeper()).checkout().ledger());

        auditor.pass(StuckRule.OPENING.limit().minusMinutes(2));
        assertThat(auditor.stuck(StuckRule.OPENING)).isZero();

        auditor.pass(Duration.ofMinutes(2));
        assertThat(auditor.stuck(StuckRule.OPENING, "0h")).isEqualTo(1);

        auditor.pass(Duration.ofHours(2));
        assertThat(auditor.stuck(StuckRule.OPENING, "0h")).isZero();
        assertThat(auditor.stuck(StuckRule.OPENING, "1h")).isEqualTo(1);
    }

    @Test
    void what_goes_on_is_not_counted_any_more() {
        List<LedgerEntry> ledger = honest(new Bookkeeper()).approved().ledger();
        auditor.read(ledger.subList(0, 1));
        auditor.pass(Duration.ofHours(1));
        assertThat(auditor.stuck(StuckRule.OPENING)).isEqualTo(1);

        auditor.read(ledger.subList(1, 3));
        auditor.pass(Duration.ofMinutes(1));

        assertThat(auditor.stuck(StuckRule.OPENING)).isZero();
        assertThat(auditor.stuck(StuckRule.TIMER)).isZero();
    }

    @Test
    void a_page_whose_order_time_is_over_is_told_with_the_timer_that_did_not_fire() {
        auditor.read(honest(new Bookkeeper()).atProvider().ledger());

        auditor.pass(Duration.ofHours(23));
        assertThat(auditor.stuck(StuckRule.ORDER_TIME)).isZero();
        assertThat(auditor.stuck(StuckRule.TIMER)).isZero();

        auditor.pass(Duration.ofHours(2));
        assertThat(auditor.stuck(StuckRule.ORDER_TIME)).isEqualTo(1);
        assertThat(auditor.stuck(StuckRule.TIMER)).isEqualTo(1);
    }

    @Test
    void a_parked_message_is_told_at_once_until_it_is_delivered() {
        Stories story = honest(new Bookkeeper()).approved();
        story.messageEnded(NotifyStatus.APPROVED, NotificationEnd.PARKED, 400);
        auditor.read(story.ledger());
        auditor.pass(Duration.ofMinutes(10));
        assertThat(auditor.stuck(StuckRule.PARKED)).isEqualTo(1);

        int read = story.ledger().size();
        story.messageEnded(NotifyStatus.APPROVED, NotificationEnd.DELIVERED, 500);
        auditor.read(story.ledger().subList(read, read + 1));
        auditor.pass(Duration.ofMinutes(1));

        assertThat(auditor.stuck(StuckRule.PARKED)).isZero();
        assertThat(auditor.breaches()).isEmpty();
    }

    @Test
    void a_message_that_is_tried_again_is_not_parked_any_more_and_breaks_no_rule() {
        Stories story = honest(new Bookkeeper()).approved();
        story.messageEnded(NotifyStatus.APPROVED, NotificationEnd.PARKED, 400).shopReleased();
        auditor.read(story.ledger());
        auditor.pass(Duration.ofMinutes(10));

        assertThat(story.ledger().getLast().getCommands()).hasSize(1);
        assertThat(auditor.stuck(StuckRule.PARKED)).isZero();
        assertThat(auditor.breaches()).isEmpty();
    }

    @Test
    void a_build_that_tries_again_what_was_overtaken_is_caught() {
        Bookkeeper broken = BrokenBuilds.tryingTheOtherAgain();
        assertThat(caught(
                        broken,
                        honest(broken)
                                .approved()
                                .messageEnded(NotifyStatus.APPROVED, NotificationEnd.PARKED, 400)
                                .shopReleased()))
                .containsExactly(Rule.ONE_OUTCOME);
    }

    @Test
    void an_open_case_is_counted_by_its_age() {
        auditor.read(honest(new Bookkeeper())
                .approved()
                .alsoApproved("tx-other", "49.90")
                .ledger());

        auditor.pass(Duration.ofDays(8));

        assertThat(auditor.stuck(StuckRule.SURPLUS, "7d")).isEqualTo(1);
    }

    @Test
    void an_unknown_pay_out_is_told() {
        auditor.read(
                honest(new Bookkeeper()).approved().refundRequested().lost().ledger());

        auditor.pass(Duration.ofMinutes(10));

        assertThat(auditor.stuck(StuckRule.UNKNOWN_REFUND)).isEqualTo(1);
    }

    @Test
    void while_a_backlog_is_read_nothing_is_called_stuck_that_a_later_entry_ends() {
        List<LedgerEntry> ledger = honest(new Bookkeeper()).approved().ledger();
        auditor.pass(Duration.ofDays(1).minusHours(1));
        for (LedgerEntry entry : ledger) {
            auditor.readOld(entry);
            auditor.tick(AuditorProcessor.SETTLE.dividedBy(2));
            assertThat(auditor.found(StuckRule.OPENING)).isZero();
        }

        auditor.pass(Duration.ofMinutes(2));

        assertThat(auditor.stuck(StuckRule.OPENING)).isZero();
    }

    private Stories honest(Bookkeeper bookkeeper) {
        return new Stories(facts, bookkeeper);
    }

    private Set<Rule> caught(Bookkeeper build, Stories story) {
        auditor.close();
        auditor = new AuditorHarness(build);
        auditor.read(story.ledger());
        return auditor.breaches();
    }
}
