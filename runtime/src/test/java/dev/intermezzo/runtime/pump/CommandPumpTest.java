package dev.intermezzo.runtime.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.Broker;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class CommandPumpTest {
    private static final PumpSettings SETTINGS = new PumpSettings(
            50,
            25,
            5_000,
            10_000,
            Duration.ofMillis(20),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(2));

    private final KafkaSettings kafka;
    private final String topic;
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    CommandPumpTest(KafkaSettings kafka) {
        this.kafka = kafka;
        this.topic = kafka.named("commands");
    }

    @BeforeEach
    void createTopic() {
        Broker.createTopics(kafka, topic);
    }

    @Test
    void every_command_is_handled_and_committed() throws Exception {
        write(200);
        try (CommandPump<String> pump = pump(SETTINGS, this::finish)) {
            pump.start();

            await().untilAsserted(() -> assertThat(done).hasSize(200));
            await().untilAsserted(() -> assertThat(committed()).isEqualTo(ends()));
            assertThat(pump.ready()).isTrue();
        }
        assertThat(done).containsExactlyInAnyOrderElementsOf(commands(200));
    }

    @Test
    void nothing_is_handled_before_what_the_handler_needs_is_known() throws Exception {
        write(10);
        AtomicBoolean known = new AtomicBoolean();
        AtomicBoolean early = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        Function<ConsumerRecord<String, byte[]>, CompletableFuture<String>> handler = record -> {
            early.compareAndSet(false, !known.get());
            return finish(record);
        };
        try (CommandPump<String> pump = pump(SETTINGS, handler)) {
            pump.startWhen(() -> {
                looks.incrementAndGet();
                return known.get();
            });
            await().until(() -> looks.get() >= 3);
            assertThat(pump.ready()).isFalse();

            known.set(true);

            await().untilAsserted(() -> assertThat(done).hasSize(10));
        }
        assertThat(early).isFalse();
    }

    @Test
    void a_pump_that_still_waits_closes_without_having_handled_anything() throws Exception {
        write(1);
        AtomicInteger looks = new AtomicInteger();
        CommandPump<String> pump = pump(SETTINGS, this::finish);
        pump.startWhen(() -> looks.incrementAndGet() < 0);
        await().until(() -> looks.get() >= 1);

        pump.close();

        assertThat(done).isEmpty();
        assertThat(pump.alive()).isTrue();
    }

    @Test
    void the_committed_offset_never_passes_an_unfinished_command() throws Exception {
        write(60);
        CompletableFuture<String> stuck = new CompletableFuture<>();
        try (CommandPump<String> pump =
                pump(SETTINGS, record -> record.value()[0] == 0 && first(record) ? stuck : finish(record))) {
            pump.start();

            await().untilAsserted(() -> assertThat(done).hasSize(59));
            await().untilAsserted(() -> assertThat(missing()).isEqualTo(1));

            stuck.complete("late");
            await().untilAsserted(() -> assertThat(committed()).isEqualTo(ends()));
        }
    }

    @Test
    void a_command_whose_handler_throws_is_handled_again_until_it_succeeds() throws Exception {
        write(30);
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        Function<ConsumerRecord<String, byte[]>, CompletableFuture<String>> thriceWrong = record -> {
            int count = tries.computeIfAbsent(record.key(), key -> new AtomicInteger())
                    .incrementAndGet();
            return switch (count) {
                case 1 -> throw new IllegalStateException("thrown");
                case 2 -> CompletableFuture.failedFuture(new IllegalStateException("failed later"));
                default -> finish(record);
            };
        };
        try (CommandPump<String> pump = pump(SETTINGS, thriceWrong)) {
            pump.start();

            await().untilAsserted(() -> assertThat(committed()).isEqualTo(ends()));
        }
        assertThat(done).containsExactlyInAnyOrderElementsOf(commands(30));
        assertThat(tries.values()).allMatch(count -> count.get() == 3);
    }

    @Test
    void what_is_in_flight_stays_within_its_bound() throws Exception {
        write(300);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(1);
        Function<ConsumerRecord<String, byte[]>, CompletableFuture<String>> counted = record -> {
            int inFlight = now.incrementAndGet();
            most.accumulateAndGet(inFlight, Math::max);
            if (inFlight == 7) {
                full.countDown();
            }
            awaitQuietly(full);
            now.decrementAndGet();
            return finish(record);
        };
        try (CommandPump<String> pump = pump(SETTINGS.withMaxInFlight(7), counted)) {
            pump.start();

            await().untilAsserted(() -> assertThat(done).hasSize(300));
            await().untilAsserted(() -> assertThat(pump.inFlight()).isZero());
        }
        assertThat(most).hasValue(7);
    }

    @Test
    void a_partition_runs_only_so_far_ahead_of_its_oldest_unfinished_command() throws Exception {
        writeTo(0, 100);
        writeTo(1, 40);
        CompletableFuture<String> stuck = new CompletableFuture<>();
        try (CommandPump<String> pump = pump(
                SETTINGS.withMaxAhead(10),
                record -> record.partition() == 0 && record.offset() == 0 ? stuck : finish(record))) {
            pump.start();

            await().untilAsserted(() -> assertThat(done).hasSize(9 + 40));
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(done).hasSize(9 + 40));

            stuck.complete("late");
            await().untilAsserted(() -> assertThat(done).hasSize(99 + 40));
        }
    }

    @Test
    void a_partner_that_hangs_has_only_its_share_and_anothers_commands_go_on_at_once() throws Exception {
        writeTo(0, 40);
        CompletableFuture<String> silence = new CompletableFuture<>();
        Queue<String> begun = new ConcurrentLinkedQueue<>();
        try (CommandPump<String> pump = sharing(SETTINGS.withMaxInFlight(8), record -> {
            begun.add(record.key());
            return record.partition() == 0 ? silence.thenCompose(word -> finish(record)) : finish(record);
        })) {
            pump.start();
            await().untilAsserted(() -> assertThat(pump.deferred()).isEqualTo(38));

            writeTo(1, 40);

            await().untilAsserted(() -> assertThat(done).hasSize(40));
            assertThat(done).allMatch(key -> key.startsWith("1"));
            assertThat(begun).filteredOn(key -> key.startsWith("0")).hasSize(2);
            await().untilAsserted(() -> assertThat(pump.inFlight()).isEqualTo(2));
            silence.complete("at last");
            await().untilAsserted(() -> assertThat(missing()).isZero());
        }
        assertThat(done).hasSize(80).doesNotHaveDuplicates();
    }

    @Test
    void commands_that_wait_for_their_share_begin_in_the_order_in_which_they_were_read() throws Exception {
        CompletableFuture<String> silence = new CompletableFuture<>();
        Queue<Long> begun = new ConcurrentLinkedQueue<>();
        // One place of the share, and one slot more in which record after record is read.
        try (CommandPump<String> pump = sharing(SETTINGS.withMaxInFlight(2), record -> {
            begun.add(record.offset());
            return silence.thenCompose(word -> finish(record));
        })) {
            pump.start();
            writeTo(0, 1);
            await().untilAsserted(() -> assertThat(begun).hasSize(1));
            writeTo(0, 20);
            await().untilAsserted(() -> assertThat(pump.deferred()).isEqualTo(20));

            silence.complete("at last");

            await().untilAsserted(() -> assertThat(done).hasSize(21));
        }
        assertThat(List.copyOf(begun)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void what_waits_for_its_share_stays_within_its_bound_and_nothing_is_lost() throws Exception {
        writeTo(0, 100);
        CompletableFuture<String> silence = new CompletableFuture<>();
        PumpSettings narrow = SETTINGS.withMaxInFlight(4).withMaxDeferred(10);
        try (CommandPump<String> pump = sharing(narrow, record -> silence.thenCompose(word -> finish(record)))) {
            pump.start();

            await().untilAsserted(() -> assertThat(pump.deferred()).isBetween(10, 10 + 4));
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(pump.deferred()).isBetween(10, 10 + 4));

            silence.complete("at last");
            await().untilAsserted(() -> assertThat(done).hasSize(100));
            await().untilAsserted(() -> assertThat(pump.inFlight()).isZero());
        }
    }

    @Test
    void what_waits_for_its_share_counts_for_how_far_a_partition_may_run_ahead() throws Exception {
        writeTo(0, 100);
        CompletableFuture<String> silence = new CompletableFuture<>();
        try (CommandPump<String> pump = sharing(
                SETTINGS.withMaxInFlight(4).withMaxAhead(10), record -> silence.thenCompose(word -> finish(record)))) {
            pump.start();

            await().untilAsserted(() -> assertThat(pump.deferred()).isEqualTo(9));
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(pump.deferred()).isEqualTo(9));

            silence.complete("at last");
            await().untilAsserted(() -> assertThat(done).hasSize(100));
        }
    }

    @Test
    void what_waits_for_its_share_is_left_to_the_next_owner_without_a_wait() throws Exception {
        writeTo(0, 1);
        CompletableFuture<String> silence = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CommandPump<String> first = sharing(SETTINGS.withMaxInFlight(4), record -> {
            begun.countDown();
            return silence.thenCompose(word -> finish(record));
        });
        first.start();
        // The oldest has the place: what is done behind an undone one would be done again by the next owner.
        begun.await();
        writeTo(0, 1, 29);
        await().untilAsserted(() -> assertThat(first.deferred()).isEqualTo(29));

        Thread closing = Thread.ofVirtual().start(first::close);
        await().untilAsserted(() -> assertThat(first.deferred()).isZero());
        silence.complete("in time");
        closing.join();
        assertThat(done).hasSize(1);

        try (CommandPump<String> second = sharing(SETTINGS, this::finish)) {
            second.start();
            await().untilAsserted(() -> assertThat(missing()).isZero());
        }
        assertThat(done).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void closing_in_the_middle_loses_nothing_and_what_finished_in_time_is_not_repeated() throws Exception {
        write(100);
        CountDownLatch begun = new CountDownLatch(20);
        CountDownLatch goOn = new CountDownLatch(1);
        CommandPump<String> first = pump(SETTINGS.withMaxInFlight(20), record -> {
            begun.countDown();
            awaitQuietly(goOn);
            return finish(record);
        });
        first.start();
        begun.await();

        Thread closing = Thread.ofVirtual().start(first::close);
        await().during(Duration.ofMillis(200)).until(closing::isAlive);
        goOn.countDown();
        closing.join();
        assertThat(done).hasSize(20);

        try (CommandPump<String> second = pump(SETTINGS, this::finish)) {
            second.start();
            await().untilAsserted(() -> assertThat(committed()).isEqualTo(ends()));
        }
        assertThat(Set.copyOf(done)).containsExactlyInAnyOrderElementsOf(commands(100));
        assertThat(done).hasSize(100);
    }

    @Test
    void commands_that_hang_are_abandoned_to_the_next_owner_in_bounded_time() throws Exception {
        write(10);
        PumpSettings impatient = new PumpSettings(
                50,
                25,
                5_000,
                10_000,
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(200));
        CountDownLatch begun = new CountDownLatch(10);
        CommandPump<String> first = pump(impatient, record -> {
            begun.countDown();
            return new CompletableFuture<>();
        });
        first.start();
        begun.await();

        long before = System.nanoTime();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));

        try (CommandPump<String> second = pump(SETTINGS, this::finish)) {
            second.start();
            await().untilAsserted(() -> assertThat(done).containsExactlyInAnyOrderElementsOf(commands(10)));
        }
    }

    @Test
    void a_second_instance_takes_over_partitions_and_nothing_is_lost_or_done_twice() throws Exception {
        try (CommandPump<String> one = pump(SETTINGS, this::finish);
                CommandPump<String> two = pump(SETTINGS, this::finish)) {
            one.start();
            write(150);
            await().until(() -> done.size() > 10);
            two.start();
            await().until(two::ready);
            write(150, 150);

            await().untilAsserted(() -> assertThat(committed()).isEqualTo(ends()));
        }
        assertThat(done).containsExactlyInAnyOrderElementsOf(commands(300));
    }

    @Test
    void a_group_whose_offsets_are_lost_stops_where_repeating_is_forbidden() throws Exception {
        write(3);
        try (CommandPump<String> pump = new CommandPump<>(
                KafkaClients.consumer(kafka, "once", "once", KafkaClients.Start.REFUSE),
                topic,
                this::finish,
                SETTINGS)) {
            pump.start();

            await().until(() -> !pump.alive());
            assertThat(pump.ready()).isFalse();
            assertThat(pump.notReadyBecause()).contains(topic);
        }
        assertThat(done).isEmpty();
    }

    private CommandPump<String> pump(
            PumpSettings settings, Function<ConsumerRecord<String, byte[]>, CompletableFuture<String>> handler) {
        return new CommandPump<>(KafkaClients.consumer(kafka, "pump", "pump"), topic, handler, settings);
    }

    /** Each partition's records are of one share. */
    private CommandPump<String> sharing(
            PumpSettings settings, Function<ConsumerRecord<String, byte[]>, CompletableFuture<String>> handler) {
        return CommandPump.sharing(
                KafkaClients.consumer(kafka, "pump", "pump"),
                topic,
                record -> new Work<>("share-" + record.partition(), () -> handler.apply(record)),
                settings);
    }

    private CompletableFuture<String> finish(ConsumerRecord<String, byte[]> record) {
        done.add(record.key());
        return CompletableFuture.completedFuture(record.key());
    }

    private static boolean first(ConsumerRecord<String, byte[]> record) {
        return record.key().equals("c0");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> commands(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }

    private void write(int count) throws Exception {
        write(0, count);
    }

    private void write(int from, int count) throws Exception {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            records.add(new ProducerRecord<>(topic, i % 3, "c" + i, new byte[] {0}));
        }
        send(records);
    }

    private void writeTo(int partition, int count) throws Exception {
        writeTo(partition, 0, count);
    }

    private void writeTo(int partition, int from, int count) throws Exception {
        send(IntStream.range(from, from + count)
                .mapToObj(i -> new ProducerRecord<>(topic, partition, partition + "c" + i, new byte[] {0}))
                .toList());
    }

    private void send(Collection<ProducerRecord<String, byte[]>> records) throws Exception {
        try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            List<Future<?>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private Map<TopicPartition, Long> committed() throws Exception {
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(kafka.named("pump"))
                    .partitionsToOffsetAndMetadata()
                    .get();
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            return committed;
        }
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
            for (int partition = 0; partition < 3; partition++) {
                TopicPartition each = new TopicPartition(topic, partition);
                ends.put(
                        each,
                        admin.listOffsets(Map.of(each, OffsetSpec.latest()))
                                .partitionResult(each)
                                .get()
                                .offset());
            }
            return ends;
        }
    }

    /** Partitions whose committed offset is not their end. */
    private long missing() throws Exception {
        Map<TopicPartition, Long> committed = committed();
        return ends().entrySet().stream()
                .filter(end -> !end.getValue().equals(committed.getOrDefault(end.getKey(), 0L)))
                .count();
    }
}
