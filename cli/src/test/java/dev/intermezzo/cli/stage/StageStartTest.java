package dev.intermezzo.cli.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Topics;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Everything that keeps a stage from starting is said in one message, with what to do. */
@ExtendWith(TestKafka.Shared.class)
class StageStartTest {
    private final TestKafka kafka;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final Properties settings = new Properties();

    StageStartTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void usableSettings() {
        SealingKeys.generate().save(folder.resolve("keys"));
        settings.putAll(Map.of(
                "accept.incomplete-security", "true",
                "kafka.bootstrap-servers", kafka.bootstrapServers(),
                "kafka.start-wait", "1s",
                "keys.dir", folder.resolve("keys").toString(),
                "management.port", "0",
                "ingress.port", "0",
                "topics.partitions", "3",
                "topics.replication", "1",
                "topics.min-in-sync", "1"));
        settings.put("notifier.state-dir", folder.resolve("state").toString());
    }

    @Test
    void a_topic_that_is_missing_is_named_with_the_command_that_makes_it() throws IOException {
        settings.put("kafka.topic-prefix", kafka.emptyInstallation().topicPrefix());

        assertThat(refusal("cashier", "topics-unfit"))
                .contains("cashier-commands does not exist.", "'intermezzo topics apply'");
    }

    @Test
    void a_wrong_number_of_partitions_is_named_with_both_numbers() throws IOException {
        settings.put("kafka.topic-prefix", installation().topicPrefix());
        settings.put("topics.partitions", "6");

        assertThat(refusal("notifier", "topics-unfit"))
                .contains("notification-requests has 3 partitions instead of 6", "topics.partitions");
    }

    @Test
    void a_setting_that_no_stage_knows_and_a_wrong_value_are_told_at_once() throws IOException {
        settings.put("cashier.call-deadlin", "10s");
        settings.put("cashier.call-deadline", "10");

        assertThat(refusal("cashier", "settings-refused"))
                .contains("2 problems", "cashier.call-deadlin is not a setting", "cashier.call-deadline (INTERMEZZO_");
    }

    @Test
    void a_setting_of_another_stage_may_stand_in_the_same_file() throws IOException {
        settings.put("ingress.long-poll", "10s");
        settings.put("kafka.topic-prefix", kafka.emptyInstallation().topicPrefix());

        assertThat(refusal("shop", "topics-unfit")).contains("shop-commands does not exist.");
    }

    @Test
    void without_accepting_that_security_is_incomplete_no_stage_starts() throws IOException {
        settings.remove("accept.incomplete-security");

        assertThat(refusal("ingress", "settings-refused")).contains("accept.incomplete-security", "must be true");
    }

    @Test
    void a_write_level_that_this_build_does_not_know_is_refused() throws IOException {
        settings.put("write-level", "9");

        assertThat(refusal("orchestrator", "settings-refused")).contains("write-level (INTERMEZZO_WRITE_LEVEL)");
    }

    @Test
    void a_settings_file_that_does_not_exist_is_named() {
        CommandRun run = InProcess.intermezzo(
                "shop", "--settings", folder.resolve("none.properties").toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).contains("none.properties does not exist");
    }

    @Test
    void a_keyset_that_is_missing_is_named() throws IOException {
        Files.delete(folder.resolve("keys/executor-private.json"));

        assertThat(refusal("cashier", "keys-unusable")).contains("executor-private.json does not exist", "keys.dir");
    }

    @Test
    void a_keyset_that_cannot_be_read_is_named() throws IOException {
        Path file = folder.resolve("keys/tokens.json");
        Files.delete(file);
        Files.createDirectory(file);

        assertThat(refusal("ingress", "keys-unusable")).contains("tokens.json cannot be read");
    }

    @Test
    void a_keyset_that_the_stage_does_not_need_may_be_missing() throws IOException {
        Files.delete(folder.resolve("keys/executor-private.json"));
        settings.put("kafka.topic-prefix", kafka.emptyInstallation().topicPrefix());

        assertThat(refusal("notifier", "topics-unfit")).contains("notification-due does not exist.");
    }

    @Test
    void a_public_port_and_a_management_port_in_use_are_named_with_their_setting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            settings.put("ingress.port", port);
            assertThat(refusal("ingress", "port-in-use"))
                    .contains(":" + port, "ingress.port (INTERMEZZO_INGRESS_PORT)");

            settings.put("management.port", port);
            assertThat(refusal("shop", "port-in-use")).contains(":" + port, "management.port");
        }
    }

    @Test
    void a_kafka_that_is_down_is_waited_for_no_longer_than_asked() throws IOException {
        try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("kafka.bootstrap-servers", "127.0.0.1:" + held.getLocalPort());
        }

        assertThat(refusal("shop", "kafka-unreachable")).contains("within 1 s", "kafka.bootstrap-servers");
    }

    @Test
    void a_state_folder_that_cannot_be_made_is_named() throws IOException {
        settings.put(
                "notifier.state-dir",
                Files.writeString(folder.resolve("file"), "").resolve("state").toString());

        assertThat(refusal("notifier", "state-dir-unusable")).contains("notifier.state-dir");
    }

    private String refusal(String stage, String code) throws IOException {
        StringWriter text = new StringWriter();
        settings.store(text, null);
        Path file = Files.writeString(folder.resolve("stage.properties"), text.toString());
        CommandRun run = InProcess.intermezzo(stage, "--settings", file.toString());
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith(code + ": ");
        return run.err();
    }

    private KafkaSettings installation() {
        KafkaSettings installation = kafka.emptyInstallation();
        try (TopicAdmin admin = new TopicAdmin(installation, TopicSettings.sandbox())) {
            admin.apply(Topics.ALL);
        }
        return installation;
    }
}
