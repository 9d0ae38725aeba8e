package dev.intermezzo.cli.stage;

import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.SandboxSwitch;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.lifecycle.ManagementSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.schemas.WriteLevel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What every process of an installation is told.
 *
 * @param kafkaWait how long a start waits for a broker to answer
 * @param writeLevel up to which level new kinds of record and new symbols are written ({@link WriteLevel})
 * @param keysDir folder of the keyset files
 * @param loopback whether calls may lead to this machine: for the sandbox
 */
record ProcessSettings(
        KafkaSettings kafka,
        Duration kafkaWait,
        TopicSettings topics,
        ManagementSettings management,
        int writeLevel,
        Path keysDir,
        boolean loopback) {

    static ProcessSettings read(SettingsReader settings) {
        if (!settings.about(
                        "Must be true until the security of an installation is complete: stages do not log in to Kafka"
                                + " yet, and the keys lie in plain files (docs/threat-model.md).")
                .flag("accept.incomplete-security", false)) {
            settings.problem(
                    "accept.incomplete-security (INTERMEZZO_ACCEPT_INCOMPLETE_SECURITY) must be true: stages do not log in"
                            + " to Kafka yet and keys lie in plain files, so whoever starts one has to know"
                            + " (docs/threat-model.md).");
        }
        return new ProcessSettings(
                KafkaSettings.read(settings),
                settings.about("How long a start waits for a broker to answer before it gives up.")
                        .duration(
                                "kafka.start-wait",
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(10)),
                TopicSettings.read(settings),
                ManagementSettings.read(settings),
                settings.about("Which new kinds of record may be written: raise it only when every process of the"
                                + " installation runs a build that knows them (docs/operations.md).")
                        .integer("write-level", WriteLevel.FIRST, WriteLevel.FIRST, WriteLevel.newest()),
                settings.about("Folder of the keyset files; a stage reads only those it needs.")
                        .path("keys.dir", Path.of(".intermezzo", "keys")),
                SandboxSwitch.read(settings));
    }

    AddressPolicy policy() {
        return loopback ? AddressPolicy.allowingLoopback() : AddressPolicy.publicOnly();
    }
}
