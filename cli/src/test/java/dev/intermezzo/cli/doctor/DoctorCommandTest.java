package dev.intermezzo.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.lifecycle.Management;
import dev.intermezzo.runtime.lifecycle.ManagementSettings;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestKafka.Shared.class)
@SuppressWarnings("NullAway.Init") // set before the tests
class DoctorCommandTest {
    private static final String[] SANDBOX = {"--partitions", "3", "--replication", "1", "--min-in-sync", "1"};

    private static TestKafka broker;
    private static KafkaSettings installation;

    @TempDir
    private Path folder;

    @BeforeAll
    static void install(TestKafka kafka) {
        broker = kafka;
        installation = kafka.installation(Topics.ALL.toArray(new Topic<?>[0]));
    }

    @BeforeEach
    void keys() {
        SealingKeys.generate().save(folder.resolve("keys"));
    }

    @Test
    void a_sound_installation_has_no_problem() {
        try (Management management = managementOf(true)) {
            CommandRun run = doctor(SANDBOX, "--management", "http://127.0.0.1:" + management.port());

            assertThat(run.json().get("problems")).isEmpty();
            assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        }
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_what_to_do() throws IOException {
        Files.setPosixFilePermissions(
                folder.resolve("keys").resolve("tokens.json"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(folder.resolve("keys").resolve("references.json"), "{}");
        Path settings = Files.writeString(
                folder.resolve("stage.properties"),
                "ingress.prt=8080\ntopics.partitions=3\ntopics.replication=1\n" + "topics.min-in-sync=1\nkeys.dir="
                        + folder.resolve("keys") + "\n");
        try (Management management = managementOf(false)) {
            CommandRun run = doctor(
                    new String[] {"--settings", settings.toString()},
                    "--management",
                    "http://127.0.0.1:" + management.port(),
                    "--management",
                    "http://127.0.0.1:1");

            assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
            assertThat(run.json().get("problems").findValuesAsText("code"))
                    .contains(
                            "setting-refused",
                            "keyset-open-to-others",
                            "keyset-unusable",
                            "stage-not-ready",
                            "stage-silent")
                    .doesNotContain("topic-missing", "topic-partitions");
            assertThat(run.json().get("problems").findValuesAsText("sentence"))
                    .anySatisfy(sentence -> assertThat(sentence).contains("ingress.prt"))
                    .anySatisfy(sentence -> assertThat(sentence).contains("a stage: it waits"));
            assertThat(run.json().get("problems").findValuesAsText("remedy")).noneMatch(String::isBlank);
        }
    }

    @Test
    void a_spool_that_would_fail_in_the_first_outage_is_found_before_it() throws IOException {
        Path spool = Files.createDirectory(folder.resolve("spool"));
        Files.writeString(spool.resolve("00000000000000000007.segment.damaged"), "changed");
        Files.writeString(spool.resolve("00000000000000000008.segment"), "waits");

        CommandRun run = doctor(settingsWithSpool(spool, "64GiB"));

        assertThat(run.json().get("problems").findValuesAsText("code"))
                .contains("spool-damaged")
                .doesNotContain("spool-dir-unusable", "setting-refused");
        boolean roomy = Files.getFileStore(spool).getUsableSpace() > 64L << 30;
        assertThat(run.json().get("problems").findValuesAsText("code").contains("spool-disk-low"))
                .isEqualTo(!roomy);
        assertThat(run.json().get("notes").toString()).contains("Webhooks wait in " + spool);
    }

    @Test
    void a_spool_whose_folder_cannot_be_made_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "a file");

        CommandRun run = doctor(settingsWithSpool(file.resolve("spool"), "1MiB"));

        assertThat(run.json().get("problems").findValuesAsText("code")).contains("spool-dir-unusable");
        assertThat(run.json().get("problems").findValuesAsText("sentence"))
                .anySatisfy(sentence -> assertThat(sentence).contains(file + " is a file"));
    }

    @Test
    void a_spool_with_room_is_no_problem_although_it_is_not_there_yet() throws IOException {
        CommandRun run = doctor(settingsWithSpool(folder.resolve("deep").resolve("spool"), "1MiB"));

        assertThat(run.json().get("problems").findValuesAsText("code"))
                .noneMatch(code -> code.startsWith("spool-") || code.equals("setting-refused"));
    }

    private String[] settingsWithSpool(Path spool, String maxBytes) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("stage.properties"),
                "topics.partitions=3\ntopics.replication=1\ntopics.min-in-sync=1\naccept.incomplete-security=true\n"
                        + "kafka.bootstrap-servers=127.0.0.1:1\ningress.public-url=https://pay.example.com\nkeys.dir="
                        + folder.resolve("keys") + "\nwebhook.spool.dir=" + spool + "\nwebhook.spool.max-bytes="
                        + maxBytes + "\n");
        return new String[] {"--settings", settings.toString()};
    }

    @Test
    void missing_topics_are_named() {
        CommandRun run = CommandRun.of(
                new DoctorCommand(),
                Stream.concat(Stream.of(SANDBOX), Stream.of(TestKafka.options(broker.emptyInstallation())))
                        .toArray(String[]::new),
                "--keys",
                folder.resolve("keys").toString(),
                "--json");

        assertThat(run.json().get("problems").findValuesAsText("code"))
                .hasSize(Topics.ALL.size() + 1)
                .containsOnly("topic-missing");
    }

    @Test
    void other_checks_go_on_while_kafka_is_down() {
        CommandRun run = CommandRun.of(
                new DoctorCommand(),
                new String[] {"--bootstrap-servers", "127.0.0.1:1"},
                "--keys",
                folder.resolve("none").toString(),
                "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().get("problems").findValuesAsText("code"))
                .containsExactly("kafka-unreachable", "keys-missing");
    }

    private CommandRun doctor(String[] more, String... options) {
        return CommandRun.of(
                new DoctorCommand(),
                Stream.of(
                                Stream.of(options),
                                Stream.of(more),
                                Stream.of(TestKafka.options(installation)),
                                Stream.of(
                                        "--state-dir",
                                        folder.toString(),
                                        "--keys",
                                        folder.resolve("keys").toString()))
                        .flatMap(each -> each)
                        .toArray(String[]::new),
                "--json");
    }

    private static Management managementOf(boolean ready) {
        Management management =
                new Management(new ManagementSettings("127.0.0.1", 0), List.of(new WaitingStage(ready)));
        management.start();
        return management;
    }

    /** A stage that is ready, or is not and says why. */
    private record WaitingStage(boolean ready) implements Stage {
        @Override
        public String name() {
            return "a stage";
        }

        @Override
        public void start() {}

        @Override
        public String notReadyBecause() {
            return ready ? "" : "it waits";
        }

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
