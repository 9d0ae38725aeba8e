package dev.intermezzo.cli.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.settings.DeclaredSetting;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/settings.md is written from the settings themselves; {@code -Dsettings.record=true} writes it anew. */
class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");

    private static final String HEAD = """
            # Settings

            Written from the code by `SettingsDocumentTest`; do not edit. `-Dsettings.record=true` writes it anew.

            A stage reads a properties file in UTF-8 (`--settings FILE`, else `intermezzo.properties` in the working directory) and
            the environment, which wins. One file may serve every stage: a stage passes over the keys of the others and refuses what
            no stage knows. All problems are told at once. Times and sizes carry their unit: `250ms`, `20s`, `15m`, `24h`, `7d`,
            `64KiB`, `128MiB`.

            Merchants, accounts and their secrets are no settings: `intermezzo merchants apply` publishes them.
            """;

    @Test
    void every_setting_says_what_it_does() {
        assertThat(sections().values().stream().flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.key()).isNotBlank());
    }

    @Test
    void the_document_is_what_the_code_reads() throws IOException {
        String written = document();
        if (Boolean.getBoolean("settings.record")) {
            Files.writeString(DOCUMENT, written);
        }

        assertThat(DOCUMENT).hasContent(written);
    }

    private static Map<String, List<DeclaredSetting>> sections() {
        Map<String, List<DeclaredSetting>> byRole = new LinkedHashMap<>();
        SettingsReader process = new SettingsReader(SettingsSource.of(Map.of()));
        ProcessSettings.read(process);
        byRole.put("Every stage", process.declared());
        List<String> known = new ArrayList<>(
                process.declared().stream().map(DeclaredSetting::key).toList());
        for (StageRole role : StageRole.values()) {
            List<DeclaredSetting> own = role.settings().stream()
                    .filter(setting -> !known.contains(setting.key()))
                    .toList();
            byRole.put("`" + role.command() + "`", own);
            known.addAll(own.stream().map(DeclaredSetting::key).toList());
        }
        return byRole;
    }

    private static String document() {
        StringBuilder text = new StringBuilder(HEAD);
        sections().forEach((title, settings) -> {
            text.append("\n## ").append(title).append("\n\n");
            if (title.contains(StageRole.NOTIFIER.command()) || title.contains(StageRole.AUDITOR.command())) {
                text.append("`streams.*`, described with the orchestrator, count here too.\n\n");
            }
            text.append("| setting | environment | value | default | meaning |\n|---|---|---|---|---|\n");
            settings.forEach(setting -> text.append(row(setting)));
        });
        return text.toString();
    }

    private static String row(DeclaredSetting setting) {
        String usual = switch (setting.kind()) {
            case DEFAULTED -> "`" + setting.defaultValue() + "`";
            case OPTIONAL -> "–";
            case REQUIRED -> "required";
            case SECRET -> "required, secret";
        };
        return List.of(
                        "`" + setting.key() + "`",
                        "`" + SettingsSource.environmentName(setting.key()) + "`",
                        setting.values(),
                        usual,
                        setting.meaning())
                .stream()
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
