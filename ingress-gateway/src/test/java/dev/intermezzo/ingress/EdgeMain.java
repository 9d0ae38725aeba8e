package dev.intermezzo.ingress;

import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;

/** An edge in a process of its own, for a test to kill. Says its port in a file once it is ready. */
final class EdgeMain {

    private EdgeMain() {}

    public static void main(String[] arguments) throws Exception {
        KafkaSettings kafka = new KafkaSettings(arguments[0], arguments[1], "killed");
        Path data = Path.of(arguments[2]);
        EdgeSettings settings = EdgeSettings.read(new SettingsReader(SettingsSource.of(Map.of(
                "ingress.port", "0",
                "ingress.webhook-deadline", "500ms",
                "webhook.spool.dir", data.resolve("spool").toString()))));
        EdgeService edge =
                new EdgeService(settings, kafka, SealingKeys.load(data.resolve("keys")), InstantSource.system());
        edge.start();
        Awaitility.await().atMost(java.time.Duration.ofMinutes(2)).until(edge::ready);
        Path announced = Files.writeString(data.resolve("port.new"), String.valueOf(edge.port()));
        Files.move(announced, data.resolve("port"));
    }
}
