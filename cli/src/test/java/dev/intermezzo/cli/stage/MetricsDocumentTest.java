package dev.intermezzo.cli.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.schemas.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md names the metrics that the stages register, no more and no fewer, and the alerts name none else. */
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final Path ALERTS = Path.of("..", "docs", "alerts.yaml");
    private static final Pattern METRIC = Pattern.compile("intermezzo_[a-z_]+");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void the_table_names_every_metric_of_every_stage_and_nothing_else() throws IOException {
        assertThat(documented()).isEqualTo(registered());
    }

    @Test
    void every_metric_of_an_alert_exists_and_every_alert_says_what_to_do() throws IOException {
        List<JsonNode> rules = new YAMLMapper()
                .readTree(ALERTS.toFile()).get("groups").findValues("rules").stream()
                        .flatMap(group -> group.valueStream())
                        .toList();

        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.get("alert").asText()).startsWith("Intermezzo");
            assertThat(metrics(rule.get("expr").asText())).isNotEmpty().isSubsetOf(documented());
            assertThat(rule.get("annotations").get("summary").asText()).isNotBlank();
            assertRunbook(rule.get("annotations").get("runbook").asText());
        });
    }

    /** Its file exists and has that section. */
    private static void assertRunbook(String runbook) throws IOException {
        String[] parts = runbook.split("#", 2);
        List<String> sections = Files.readAllLines(Path.of("..", parts[0])).stream()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        assertThat(parts.length == 1 || sections.contains(parts[1])).as(runbook).isTrue();
    }

    private static Set<String> documented() throws IOException {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\|", 3)[1])
                    .flatMap(cell -> metrics(cell).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    /** Of stages that are built and never started. */
    private Set<String> registered() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        KafkaSettings nowhere = new KafkaSettings("127.0.0.1:1", Topics.DEFAULT_PREFIX, "test");
        StageContext context =
                new StageContext(nowhere, SealingKeys.generate(), AddressPolicy.publicOnly(), InstantSource.system());
        for (StageRole role : StageRole.values()) {
            for (Stage stage : role.read(new SettingsReader(settings())).build(context)) {
                stage.measure(registry);
                stage.close();
            }
        }
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("intermezzo_"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SettingsSource settings() {
        return SettingsSource.of(Stream.of(
                        "orchestrator.state-dir",
                        "correlator.state-dir",
                        "notifier.state-dir",
                        "auditor.state-dir",
                        "webhook.spool.dir")
                .collect(Collectors.toMap(key -> key, key -> folder.resolve(key).toString())));
    }
}
