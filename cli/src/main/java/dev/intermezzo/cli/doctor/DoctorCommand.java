package dev.intermezzo.cli.doctor;

import dev.intermezzo.cli.check.ClockFinding;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.topics.TopicShapeOptions;
import dev.intermezzo.runtime.kafka.BrokerCheck;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo doctor}: every check goes on when another finds something, so that all is told at once. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Look at an installation and name everything that is wrong with it, each with what to do:",
            "JDK, Kafka, topics, brokers' settings, clock, keys, settings file, disks, webhook spool, readiness of the stages.",
            "Nothing is changed. Exit 0 only when there is no problem."
        })
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Mixin
    private Output output = new Output();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private KeysOptions keys = new KeysOptions();

    @Mixin
    private TopicShapeOptions shape = new TopicShapeOptions();

    @Option(names = "--settings", paramLabel = "FILE", description = "A stage's settings file, to be checked as well.")
    private @Nullable Path settings;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Folder of state stores whose disk is looked at; repeatable. Default: those of --settings and "
                            + ".intermezzo, where they exist.")
    private List<Path> stateDirs = List.of();

    @Option(
            names = "--management",
            paramLabel = "URL",
            description =
                    "Management address of a stage, such as http://127.0.0.1:9090, that must be ready; repeatable.")
    private List<URI> management = List.of();

    @Override
    public Integer call() {
        Findings findings = new Findings();
        MachineCheck machine = new MachineCheck(findings);
        machine.jdk(Runtime.version());
        SettingsCheck.Read read = settings == null
                ? SettingsCheck.Read.NOTHING
                : new SettingsCheck(findings).check(settings, System.getenv());
        kafka(findings, topics(read.topics()));
        machine.keys(read.keys().orElseGet(() -> keys.folder(kafka.data())));
        machine.disks(stateDirs.isEmpty() ? read.stateDirs() : stateDirs);
        read.spool().ifPresent(new SpoolCheck(findings)::check);
        new ReadyCheck(findings).check(management);
        int exit = findings.print(output);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("notes", findings.notes());
        fields.put("problems", findings.problems());
        output.result(fields);
        return exit;
    }

    private TopicSettings topics(Optional<TopicSettings> read) {
        try {
            return shape.settings(
                    read.orElseGet(() -> kafka.isEmbedded() ? TopicSettings.sandbox() : TopicSettings.defaults()));
        } catch (SettingsException e) {
            throw new ParameterException(spec.commandLine(), String.join(" ", e.problems()), e);
        }
    }

    private void kafka(Findings findings, TopicSettings wanted) {
        try (KafkaConnection connection = kafka.open()) {
            topics(connection.settings(), wanted, findings);
            brokers(connection.settings(), findings);
            ClockFinding.check(connection.settings(), findings);
        } catch (CommandFailure e) {
            findings.problem(
                    "kafka",
                    e.code(),
                    "topics, brokers and clock could not be looked at: " + e.getMessage(),
                    "Start the brokers, or name the right ones with --bootstrap-servers.");
        }
    }

    private static void topics(KafkaSettings kafka, TopicSettings wanted, Findings findings) {
        try (TopicAdmin admin = new TopicAdmin(kafka, wanted)) {
            admin.plan(Topics.ALL)
                    .forEach(problem -> findings.problem(
                            problem.topic(),
                            "topic-" + problem.kind().name().toLowerCase(Locale.ROOT),
                            problem.sentence(),
                            switch (problem.kind()) {
                                case MISSING, SETTING, OFFSETS -> "Run intermezzo topics apply.";
                                case PARTITIONS ->
                                    "If this number is meant, say so with --partitions and topics.partitions; it cannot be "
                                            + "changed in place.";
                                case REPLICATION ->
                                    "Reassign the partitions, or say with --replication how many copies are meant.";
                            }));
        } catch (KafkaException e) {
            findings.problem(
                    "kafka",
                    "topics-unknown",
                    "the topics could not be looked at: " + e.getMessage(),
                    "Let this user describe topics and their settings.");
        }
    }

    private static void brokers(KafkaSettings kafka, Findings findings) {
        try {
            BrokerCheck.advice(kafka)
                    .forEach(sentence -> findings.problem(
                            "kafka",
                            "broker-setting",
                            sentence,
                            "Set it in the brokers' server.properties and restart them one by one."));
        } catch (KafkaException e) {
            findings.note("The brokers' settings could not be looked at: " + e.getMessage());
        }
    }
}
