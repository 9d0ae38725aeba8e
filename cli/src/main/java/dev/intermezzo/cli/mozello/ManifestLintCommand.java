package dev.intermezzo.cli.mozello;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozello.manifest.ManifestFinding;
import dev.intermezzo.partners.mozello.manifest.ManifestLint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code intermezzo mozello manifest lint}. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Check a public gateway's manifest before Mozello does, and tell every problem at once.",
            "Notes name where Mozello's material contradicts itself or is silent. Exit code 0 only without a problem."
        })
final class ManifestLintCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "FILE", description = "The manifest, JSON.")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Override
    public Integer call() {
        Findings findings = new Findings();
        for (ManifestFinding found : ManifestLint.lint(document())) {
            String where = found.path().isEmpty() ? "manifest" : found.path();
            if (found.problem()) {
                findings.problem(where, found.code(), found.sentence(), found.remedy());
            } else {
                findings.note(where + ": " + found.sentence() + " " + found.remedy() + " (" + found.code() + ")");
            }
        }
        int exit = findings.print(output);
        output.result(Map.of("problems", findings.problems(), "notes", findings.notes()));
        return exit;
    }

    private byte[] document() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure("manifest-file", "The manifest " + file + " cannot be read.", e);
        }
    }
}
