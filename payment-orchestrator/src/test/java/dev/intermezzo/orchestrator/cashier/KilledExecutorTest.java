package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real executor process with SIGKILL at each point between claim, call, report and note. The next one never calls
 * again, and says what is true: the outcome if it was reported, else that nobody knows it.
 */
class KilledExecutorTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int PARTITIONS = 3;
    private static final String MARKERS_ONLY = "120";
    private static final String PROBE = "probe-".repeat(30);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static OnceWorld world;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path keys;

    private @Nullable Process process;

    @BeforeAll
    static void start() {
        world = new OnceWorld();
        world.keys.save(keys);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void endProcess() throws Exception {
        world.cashier.release();
        kill();
    }

    @Test
    void between_claim_and_call_it_ends_unknown_and_is_never_called() throws Exception {
        accept(Topics.CASHIER_RESULTS, false); // so that it cannot say either that nothing was sent
        CashierCommand refund =
                world.send(world.refund(OnceWorld.SILENT_ACCOUNT).build());
        run();
        await().atMost(LONG).until(() -> !world.claims(refund).isEmpty());
        kill();
        accept(Topics.CASHIER_RESULTS, true);

        run();
        await().atMost(LONG).until(() -> world.settled(refund));

        assertThat(world.calls(refund)).isZero();
        assertThat(world.results(refund)).singleElement().satisfies(KilledExecutorTest::unknown);
    }

    @Test
    void during_the_call_it_ends_unknown_after_one_call() throws Exception {
        world.cashier.hold();
        CashierCommand refund = world.send(world.refund().build());
        run();
        await().atMost(LONG).until(() -> world.calls(refund) == 1);
        kill();
        world.cashier.release();

        run();
        await().atMost(LONG).until(() -> world.settled(refund));

        assertThat(world.calls(refund)).isEqualTo(1);
        assertThat(world.results(refund)).singleElement().satisfies(KilledExecutorTest::unknown);
    }

    @Test
    void between_call_and_report_it_ends_unknown_after_one_call() throws Exception {
        world.cashier.hold();
        CashierCommand refund = world.send(world.refund().build());
        run();
        await().atMost(LONG).until(() -> world.calls(refund) == 1);
        accept(Topics.CASHIER_RESULTS, false);
        world.cashier.release();
        await().atMost(LONG).until(() -> world.cashier.answered(world.user(refund)));
        kill();
        accept(Topics.CASHIER_RESULTS, true);

        run();
        await().atMost(LONG).until(() -> world.settled(refund));

        assertThat(world.calls(refund)).isEqualTo(1);
        assertThat(world.results(refund)).singleElement().satisfies(KilledExecutorTest::unknown);
    }

    @Test
    void between_report_and_note_the_first_report_stands_and_the_second_is_its_repeat() throws Exception {
        world.cashier.hold();
        CashierCommand refund = world.send(world.refund().build());
        run();
        await().atMost(LONG).until(() -> world.calls(refund) == 1);
        accept(Topics.ONCE_CLAIMS, false);
        world.cashier.release();
        await().atMost(LONG).until(() -> !world.results(refund).isEmpty());
        kill();
        accept(Topics.ONCE_CLAIMS, true);

        run();
        await().atMost(LONG).until(() -> world.settled(refund));

        assertThat(world.calls(refund)).isEqualTo(1);
        assertThat(world.results(refund).getFirst().getBody()).isInstanceOf(AnsweredAtOnce.class);
        assertThat(world.results(refund))
                .as("one id, by which the state machine knows the repeat")
                .extracting(CashierResult::getId)
                .containsOnly(refund.getId() + ":result");
    }

    private static void unknown(CashierResult result) {
        assertThat(result.getBody())
                .isInstanceOfSatisfying(
                        AnswerLost.class, lost -> assertThat(lost.getCode()).isEqualTo("claimed-without-outcome"));
    }

    private void run() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        OnceExecutorMain.class.getName(),
                        world.broker.bootstrapServers(),
                        keys.toString(),
                        "killed")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** SIGKILL: no handler, no shutdown hook, no last word. */
    private void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
            process = null;
        }
    }

    /**
     * Lets the broker refuse records by their size. It must go on taking the markers that end a transaction (78 bytes): a
     * transaction whose markers are refused never ends, and neither does the next start of its producer.
     */
    private static void accept(Topic<?> topic, boolean writes) throws Exception {
        try (Admin admin = KafkaClients.admin(world.kafka, "test")) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, world.kafka.topic(topic));
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", writes ? "1048588" : MARKERS_ONLY),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        await().atMost(LONG).until(() -> takenBy(topic) == (writes ? PARTITIONS : 0));
    }

    /** How many partitions take a record: a changed setting takes effect some moments after it can be read. */
    private static int takenBy(Topic<?> topic) throws InterruptedException {
        Map<String, Object> impatient = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                world.broker.bootstrapServers(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                false,
                ProducerConfig.RETRIES_CONFIG,
                0);
        int taken = 0;
        try (Producer<String, byte[]> probe =
                new KafkaProducer<>(impatient, new StringSerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                try {
                    probe.send(new ProducerRecord<>(world.kafka.topic(topic), partition, PROBE, null))
                            .get();
                    taken++;
                } catch (ExecutionException refused) {
                    assertThat(refused).hasCauseInstanceOf(RecordTooLargeException.class);
                }
            }
        }
        return taken;
    }
}
