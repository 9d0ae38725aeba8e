package dev.intermezzo.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class KafkaOptionsTest {

    @Command
    private static final class Holder {
        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();
    }

    @Test
    void a_port_where_nobody_listens_is_told_at_once_with_what_to_check() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        KafkaOptions options = options("--bootstrap-servers", "127.0.0.1:" + closed);

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(options::open)
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("kafka-unreachable");
                    assertThat(failure)
                            .hasMessageContaining("127.0.0.1:" + closed)
                            .hasMessageContaining("--data");
                });
    }

    @Test
    void a_server_without_a_port_is_refused() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(options("--bootstrap-servers", "localhost")::open)
                .withMessageContaining("HOST:PORT");
    }

    @Test
    void a_folder_that_is_not_there_is_not_made_a_broker(@TempDir Path folder) {
        Path missing = folder.resolve("none");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(options("--data", missing.toString())::open)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("broker-not-started"));
        assertThat(missing).doesNotExist();
    }

    @Test
    void a_kept_broker_is_started_for_the_command_and_stopped_after_it(@TempDir Path folder) {
        try (EmbeddedBroker broker = EmbeddedBroker.keptIn(folder, 0);
                TopicAdmin admin = new TopicAdmin(
                        new KafkaSettings(broker.bootstrapServers(), Topics.DEFAULT_PREFIX, "test"),
                        TopicSettings.sandbox())) {
            admin.apply(List.of(Topics.MERCHANTS));
        }

        for (int run = 0; run < 2; run++) {
            try (KafkaConnection connection =
                    options("--data", folder.toString()).open()) {
                connection.requireTopic("intermezzo.merchants");
                assertThat(connection.schemas().ready()).isTrue();
                assertThatExceptionOfType(CommandFailure.class)
                        .isThrownBy(() -> connection.requireTopic("intermezzo.payment-ledger"))
                        .satisfies(failure -> assertThat(failure.code()).isEqualTo("topic-missing"));
            }
        }
    }

    private static KafkaOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.kafka;
    }
}
