package dev.intermezzo.sandbox.broker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir
    Path directory;

    @Test
    void what_was_committed_is_there_after_a_restart_on_another_port() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.keptIn(directory, 0)) {
            createTopic(broker);
            write(broker, "kept");
        }

        // When
        List<String> found;
        try (EmbeddedBroker broker = EmbeddedBroker.keptIn(directory, 0)) {
            found = read(broker);
        }

        // Then
        assertThat(found).containsExactly("kept");
    }

    /** Three times: what it is about went wrong at every second kill. */
    @RepeatedTest(3)
    void what_was_committed_survives_a_process_that_was_killed() throws Exception {
        // Given
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingBroker.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(DyingBroker.EXIT);

        // When
        List<String> found;
        try (EmbeddedBroker broker = EmbeddedBroker.keptIn(directory, 0)) {
            found = read(broker);
        }

        // Then
        assertThat(found).containsExactly("kept");
    }

    /** Commits one message and dies without closing anything. */
    static final class DyingBroker {

        static final int EXIT = 9;

        private DyingBroker() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedBroker broker = EmbeddedBroker.keptIn(Path.of(arguments[0]), 0);
            createTopic(broker);
            write(broker, "kept");
            Runtime.getRuntime().halt(EXIT);
        }
    }

    @Test
    void a_topic_is_never_created_by_accident_and_the_wanted_settings_are_in_force() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // When
            ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");
            Config settings = requireNonNull(
                    admin.describeConfigs(List.of(node)).all().get().get(node));

            // Then
            assertThat(settings.get("group.min.session.timeout.ms").value()).isEqualTo("1000");
            assertThat(settings.get("transaction.abort.timed.out.transaction.cleanup.interval.ms")
                            .value())
                    .isEqualTo("500");
            assertThat(settings.get("listeners").value())
                    .doesNotContain("0.0.0.0")
                    .contains("127.0.0.1");
            assertThatThrownBy(() -> admin.describeTopics(List.of("never-made"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            // When / Then
            assertThatThrownBy(() -> EmbeddedBroker.temporary(port))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("Port " + port + " is taken");
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
        }
    }

    private static void write(EmbeddedBroker broker, String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "k", value)).get();
            producer.commitTransaction();
        }
    }

    private static List<String> read(EmbeddedBroker broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("t", 0)));
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (found.isEmpty() && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> found.add(message.value()));
            }
        }
        return found;
    }
}
