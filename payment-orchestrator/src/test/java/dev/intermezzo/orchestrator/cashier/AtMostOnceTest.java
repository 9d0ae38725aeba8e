package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.TransactionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever happens to offsets, groups, topics and instances, the Cashier is asked at most once per command. */
@SuppressWarnings("try") // an executor works while it is open
class AtMostOnceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static OnceWorld world;

    @BeforeAll
    static void start() {
        world = new OnceWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void a_refund_is_claimed_then_called_then_reported_then_noted() {
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            CashierCommand refund = world.send(world.refund().build());
            await().atMost(LONG).until(() -> world.settled(refund));

            assertThat(world.calls(refund)).isEqualTo(1);
            assertThat(world.results(refund))
                    .singleElement()
                    .satisfies(result -> assertThat(result.getBody())
                            .isInstanceOfSatisfying(AnsweredAtOnce.class, answer -> {
                                assertThat(answer.getStatus()).isEqualTo(TransactionStatus.PENDING);
                                assertThat(answer.getTransactionIds()).hasSize(1);
                            }));
            assertThat(world.claims(refund))
                    .extracting(claim -> claim.getOutcome() == null ? "claimed" : claim.getOutcome())
                    .containsExactly("claimed", "AnsweredAtOnce");
            assertThat(executor.ready()).isTrue();
        }
    }

    @Test
    void a_voucher_pin_stays_out_of_the_log_and_of_the_records_whether_it_is_redeemed_or_not() {
        String right = "1234567890123456";
        String wrong = "0246813579024681";
        try (LogCapture log = LogCapture.start();
                OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            CashierCommand redeemed = world.send(world.redemption(right));
            CashierCommand rejected = world.send(world.redemption(wrong));
            await().atMost(LONG).until(() -> world.settled(redeemed) && world.settled(rejected));

            assertThat(world.results(redeemed))
                    .singleElement()
                    .satisfies(result -> assertThat(result.getBody()).isInstanceOf(AnsweredAtOnce.class));
            assertThat(world.results(rejected))
                    .singleElement()
                    .satisfies(result -> assertThat(result.getBody()).isInstanceOf(Rejected.class));
            assertThat(log.said() + redeemed + rejected + world.results + world.claims)
                    .doesNotContain(right, wrong);
            assertThat(log.said()).as("it is captured").isNotBlank();
        }
    }

    @Test
    void a_stop_waits_for_the_call_under_way_and_reports_what_it_is_answered() throws Exception {
        OnceExecutorService executor = ready("one", Topics.ONCE_GROUP);
        world.cashier.hold();
        CashierCommand refund = world.send(world.refund().build());
        await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> world.calls(refund) == 1);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(executor::close);
        try {
            // Well within the call's deadline, which is the Cashier's to keep.
            await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(1)).until(() -> !stopped.isDone());
        } finally {
            world.cashier.release();
        }
        stopped.get(LONG.toSeconds(), TimeUnit.SECONDS);

        // Another one finds nothing left to be called unknown.
        try (OnceExecutorService next = ready("one", Topics.ONCE_GROUP)) {
            await().atMost(LONG).until(() -> world.settled(refund) && atTheEnd(Topics.ONCE_GROUP));
            assertThat(next.alive()).isTrue();
        }
        assertThat(world.calls(refund)).isEqualTo(1);
        assertThat(world.results(refund))
                .singleElement()
                .satisfies(result -> assertThat(result.getBody()).isInstanceOf(AnsweredAtOnce.class));
        assertThat(world.claims(refund))
                .extracting(claim -> claim.getOutcome() == null ? "claimed" : claim.getOutcome())
                .containsExactly("claimed", "AnsweredAtOnce");
    }

    @Test
    void what_may_not_be_paid_out_is_claimed_and_reported_and_not_called() {
        Map<String, CashierCommand> refused = Map.of(
                "command-expired", change(world.refund().setNotAfter(Instant.EPOCH)),
                "merchant-disabled", change(world.refund().setMerchantId("disabled")),
                "pay-outs-disabled", change(world.refund().setMerchantId("no-pay-outs")),
                "pay-out-above-limit", change(world.refund().setMerchantId("small")),
                "operation-opens-page", change(world.refund().setBody(new OpenPage((String) null))));

        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            refused.values().forEach(world::send);

            refused.forEach((code, command) -> {
                await().atMost(LONG).until(() -> !world.results(command).isEmpty());
                assertThat(world.results(command).getFirst().getBody())
                        .isInstanceOfSatisfying(
                                NotExecuted.class,
                                not -> assertThat(not.getCode()).isEqualTo(code));
                assertThat(world.claims(command)).isNotEmpty();
                assertThat(world.calls(command)).isZero();
            });
            assertThat(executor.alive()).isTrue();
        }
    }

    @Test
    void what_was_refused_is_not_called_by_anybody_who_judges_otherwise() throws Exception {
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            CashierCommand good = world.refund().build();
            CashierCommand refused = world.send(
                    CashierCommand.newBuilder(good).setNotAfter(Instant.EPOCH).build());
            await().atMost(LONG).until(() -> world.settled(refused));

            // As an executor sees it whose clock was set right meanwhile, or who reads other settings.
            world.send(good);
            await().atMost(LONG).until(() -> atTheEnd(Topics.ONCE_GROUP));

            assertThat(world.calls(refused)).isZero();
            assertThat(world.results(refused)).hasSize(1);
        }
    }

    @Test
    void offsets_reset_to_the_earliest_repeat_nothing() throws Exception {
        CashierCommand refund;
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            refund = world.send(world.refund().build());
            await().atMost(LONG).until(() -> world.settled(refund));
        }
        commitEverywhere(Topics.ONCE_GROUP, 0);

        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            await().atMost(LONG).until(() -> atTheEnd(Topics.ONCE_GROUP));
        }

        assertThat(world.calls(refund)).isEqualTo(1);
        assertThat(world.results(refund)).as("nothing else is said about it").hasSize(1);
    }

    @Test
    void a_renamed_group_repeats_nothing() throws Exception {
        CashierCommand refund;
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            refund = world.send(world.refund().build());
            await().atMost(LONG).until(() -> world.settled(refund));
        }
        commitEverywhere("renamed", 0);

        try (OnceExecutorService executor = ready("one", "renamed")) {
            await().atMost(LONG).until(() -> atTheEnd("renamed"));
        }

        assertThat(world.calls(refund)).isEqualTo(1);
        assertThat(world.results(refund)).hasSize(1);
    }

    @Test
    void records_produced_again_from_a_copy_repeat_nothing_and_are_never_called_not_executed() {
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            CashierCommand refund = world.send(world.refund().build());
            await().atMost(LONG).until(() -> world.settled(refund));

            world.send(refund);
            world.send(
                    CashierCommand.newBuilder(refund).setNotAfter(Instant.EPOCH).build());
            await().atMost(LONG).until(() -> atTheEnd(Topics.ONCE_GROUP));

            assertThat(world.calls(refund)).isEqualTo(1);
            assertThat(world.results(refund)).hasSize(1);
        }
    }

    @Test
    void a_topic_that_was_deleted_and_restored_from_a_copy_repeats_nothing_whatever_its_offsets() throws Exception {
        List<CashierCommand> refunds;
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            refunds = IntStream.range(0, 6)
                    .mapToObj(n -> world.send(world.refund().build()))
                    .toList();
            refunds.forEach(refund -> await().atMost(LONG).until(() -> world.settled(refund)));
        }
        world.restoreCommands(refunds);
        commit(Topics.ONCE_GROUP, end -> end + 1_000);

        try (OnceExecutorService executor = world.executor("one", Topics.ONCE_GROUP)) {
            await().atMost(LONG).until(() -> !executor.alive());
            assertThat(executor.notReadyBecause()).contains("no usable offset", "intermezzo topics apply");
        }
        assertThat(calls(refunds)).as("stopped by offsets beyond the end").isEqualTo(refunds.size());

        commitEverywhere(Topics.ONCE_GROUP, 0);
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            await().atMost(LONG).until(() -> atTheEnd(Topics.ONCE_GROUP));
        }

        assertThat(refunds).allSatisfy(refund -> {
            assertThat(world.calls(refund)).isEqualTo(1);
            assertThat(world.results(refund)).hasSize(1);
        });
    }

    @Test
    void two_executors_that_both_read_every_command_call_each_one_once() throws Exception {
        commitEverywhere("left", Long.MAX_VALUE);
        commitEverywhere("right", Long.MAX_VALUE);

        try (OnceExecutorService left = ready("left", "left");
                OnceExecutorService right = ready("right", "right")) {
            var refunds = IntStream.range(0, 20)
                    .mapToObj(n -> world.send(world.refund().build()))
                    .toList();
            refunds.forEach(refund -> await().atMost(LONG).until(() -> world.settled(refund)));
            await().atMost(LONG).until(() -> atTheEnd("left") && atTheEnd("right"));

            assertThat(refunds).allSatisfy(refund -> {
                assertThat(world.calls(refund)).isEqualTo(1);
                assertThat(world.results(refund)).hasSize(1);
            });
        }
    }

    @Test
    void the_limit_of_a_day_holds_although_two_executors_claim_at_the_same_time() {
        try (OnceExecutorService one = ready("one", Topics.ONCE_GROUP);
                OnceExecutorService two = ready("two", Topics.ONCE_GROUP)) {
            var refunds = IntStream.range(0, 12)
                    .mapToObj(n ->
                            world.send(world.refund().setMerchantId("daily").build()))
                    .toList();
            refunds.forEach(refund ->
                    await().atMost(LONG).until(() -> !world.results(refund).isEmpty()));

            assertThat(calls(refunds)).as("two of 10.00 fit below 25.00").isLessThanOrEqualTo(2);
            assertThat(refunds)
                    .filteredOn(refund -> world.calls(refund) == 0)
                    .allSatisfy(refund -> assertThat(
                                    world.results(refund).getFirst().getBody())
                            .isInstanceOfSatisfying(
                                    NotExecuted.class,
                                    not -> assertThat(not.getCode()).isEqualTo("pay-out-day-limit")));

            List<CashierCommand> all = new ArrayList<>(refunds);
            await("what was dropped leaves its room to others").atMost(LONG).until(() -> {
                all.add(decided());
                return calls(all) == 2;
            });
            all.add(decided());
            assertThat(calls(all)).isEqualTo(2);
        }
    }

    private static CashierCommand decided() {
        CashierCommand refund = world.send(world.refund().setMerchantId("daily").build());
        await().atMost(LONG).until(() -> !world.results(refund).isEmpty());
        return refund;
    }

    private static long calls(List<CashierCommand> refunds) {
        return refunds.stream().mapToLong(world::calls).sum();
    }

    @Test
    void a_pay_out_goes_to_its_destination_once_although_offsets_are_reset_and_another_group_reads_it_too()
            throws Exception {
        CashierCommand payOut;
        commitEverywhere("beside", Long.MAX_VALUE);
        try (OnceExecutorService one = ready("one", Topics.ONCE_GROUP);
                OnceExecutorService two = ready("two", "beside")) {
            payOut = world.send(world.payOut("paying", OnceWorld.RIPE).build());
            await().atMost(LONG).until(() -> world.settled(payOut) && atTheEnd("beside"));
        }
        commitEverywhere(Topics.ONCE_GROUP, 0);
        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            await().atMost(LONG).until(() -> atTheEnd(Topics.ONCE_GROUP));
        }

        assertThat(world.calls(payOut)).isEqualTo(1);
        assertThat(world.results(payOut))
                .singleElement()
                .satisfies(result -> assertThat(result.getBody())
                        .isInstanceOfSatisfying(
                                AnsweredAtOnce.class,
                                answer -> assertThat(answer.getStatus()).isEqualTo(TransactionStatus.PENDING)));
        assertThat(world.claims(payOut).getFirst().getDestination()).isEqualTo(OnceWorld.RIPE);
    }

    @Test
    void nothing_is_paid_to_a_destination_that_is_not_ready_or_is_no_more_what_was_asked_for() {
        world.publishChanging("changing");
        Map<String, CashierCommand> refused = Map.of(
                "destination-too-new", change(world.payOut("paying", OnceWorld.NEW)),
                "destination-not-approved", change(world.payOut("paying", OnceWorld.NOT_APPROVED)),
                "destination-unknown", change(world.payOut("paying", "nobody")),
                "destination-changed", change(world.payOut("changing", OnceWorld.RIPE)),
                "merchant-disabled", change(world.payOut("closed", OnceWorld.RIPE)),
                "pay-outs-disabled", change(world.payOut("daily", OnceWorld.RIPE)));

        try (OnceExecutorService executor = ready("one", Topics.ONCE_GROUP)) {
            refused.values().forEach(world::send);

            refused.forEach((code, command) -> {
                await().atMost(LONG).until(() -> !world.results(command).isEmpty());
                assertThat(world.results(command).getFirst().getBody())
                        .isInstanceOfSatisfying(
                                NotExecuted.class,
                                not -> assertThat(not.getCode()).isEqualTo(code));
                assertThat(world.calls(command)).isZero();
            });
            assertThat(executor.alive()).isTrue();
        }
    }

    @Test
    void pay_outs_that_race_pass_neither_the_limit_of_a_day_nor_that_of_a_destination() {
        try (OnceExecutorService one = ready("one", Topics.ONCE_GROUP);
                OnceExecutorService two = ready("two", Topics.ONCE_GROUP)) {
            List<CashierCommand> capped = racing("capped");
            List<CashierCommand> strapped = racing("strapped");

            assertRaceHeld(capped, "pay-out-destination-limit");
            assertRaceHeld(strapped, "pay-out-day-limit", "pay-out-destination-limit");
        }
    }

    private static List<CashierCommand> racing(String merchant) {
        return IntStream.range(0, 6)
                .mapToObj(n -> world.send(world.payOut(merchant, OnceWorld.RIPE).build()))
                .toList();
    }

    /** Two of 10.00 fit below either limit. */
    private static void assertRaceHeld(List<CashierCommand> payOuts, String... codes) {
        payOuts.forEach(payOut ->
                await().atMost(LONG).until(() -> !world.results(payOut).isEmpty()));
        assertThat(calls(payOuts)).isLessThanOrEqualTo(2);
        assertThat(payOuts)
                .filteredOn(payOut -> world.calls(payOut) == 0)
                .allSatisfy(payOut -> assertThat(
                                world.results(payOut).getFirst().getBody())
                        .isInstanceOfSatisfying(
                                NotExecuted.class, not -> assertThat(codes).contains(not.getCode())));
    }

    @Test
    void without_an_offset_it_stops_and_says_what_to_do() {
        try (OnceExecutorService executor = world.executor("lost", "without-offsets")) {
            await().atMost(LONG).until(() -> !executor.alive());

            assertThat(executor.ready()).isFalse();
            assertThat(executor.notReadyBecause())
                    .contains("without-offsets", "no usable offset", "intermezzo topics apply");
        }
    }

    private static CashierCommand change(CashierCommand.Builder command) {
        return command.build();
    }

    private static OnceExecutorService ready(String instance, String group) {
        OnceExecutorService executor = world.executor(instance, group);
        await().atMost(LONG).until(executor::ready);
        return executor;
    }

    /** @param offset as far as the log goes */
    private static void commitEverywhere(String group, long offset) throws Exception {
        commit(group, end -> Math.min(end, offset));
    }

    /** @param offset of each partition, from where its log ends */
    private static void commit(String group, LongUnaryOperator offset) throws Exception {
        try (Admin admin = KafkaClients.admin(world.kafka, "test")) {
            Map<TopicPartition, OffsetAndMetadata> offsets = ends(admin).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> new OffsetAndMetadata(offset.applyAsLong(end.getValue()))));
            await().atMost(LONG)
                    .ignoreExceptions() // the group is empty some moments after its last member left
                    .until(() -> admin.alterConsumerGroupOffsets(world.kafka.named(group), offsets)
                                    .all()
                                    .get()
                            == null);
        }
    }

    private static boolean atTheEnd(String group) throws Exception {
        try (Admin admin = KafkaClients.admin(world.kafka, "test")) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(world.kafka.named(group))
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends(admin).entrySet().stream().allMatch(end -> {
                OffsetAndMetadata known = committed.get(end.getKey());
                return known != null && known.offset() >= end.getValue();
            });
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        var found = admin.listOffsets(IntStream.range(0, 3)
                        .mapToObj(n -> new TopicPartition(world.kafka.topic(Topics.ONCE_COMMANDS), n))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get();
        return Stream.of(found)
                .flatMap(all -> all.entrySet().stream())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().offset()));
    }
}
