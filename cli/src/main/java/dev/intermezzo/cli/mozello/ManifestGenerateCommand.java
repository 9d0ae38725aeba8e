package dev.intermezzo.cli.mozello;

import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozello.manifest.ManifestDraft;
import dev.intermezzo.partners.mozello.manifest.ManifestDraft.Vendor;
import dev.intermezzo.partners.mozello.manifest.ManifestFinding;
import dev.intermezzo.partners.mozello.manifest.ManifestLint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo mozello manifest generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Print the manifest of a public gateway, to be handed in to Mozello.",
            "Merchants fill in a connection id and secret. Exit code 0 only when 'lint' finds no problem in it."
        })
final class ManifestGenerateCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--title", required = true, description = "What the gateway is called.")
    @SuppressWarnings("NullAway.Init") // required
    private String title;

    @Option(names = "--company", required = true, description = "Who offers it.")
    @SuppressWarnings("NullAway.Init") // required
    private String company;

    @Option(names = "--support-email", required = true, description = "For merchants.")
    @SuppressWarnings("NullAway.Init") // required
    private String supportEmail;

    @Option(names = "--support-phone", required = true, description = "For merchants.")
    @SuppressWarnings("NullAway.Init") // required
    private String supportPhone;

    @Option(names = "--developer-email", required = true, description = "For Mozello.")
    @SuppressWarnings("NullAway.Init") // required
    private String developerEmail;

    @Option(
            names = "--public-url",
            required = true,
            description = "Where the edge is reached, such as https://pay.example.")
    @SuppressWarnings("NullAway.Init") // required
    private URI publicUrl;

    @Option(names = "--country", required = true, split = ",", description = "Where it is offered, such as LV,LT,EE.")
    @SuppressWarnings("NullAway.Init") // required
    private List<String> countries;

    @Option(names = "--method", split = ",", description = "What it takes, such as visa,mastercard.")
    private List<String> methods = List.of();

    @Override
    public Integer call() {
        String manifest = new ManifestDraft(
                        title,
                        new Vendor(company, supportEmail, supportPhone, developerEmail),
                        publicUrl,
                        countries,
                        methods)
                .toJson();
        List<ManifestFinding> problems = ManifestLint.lint(manifest.getBytes(StandardCharsets.UTF_8)).stream()
                .filter(ManifestFinding::problem)
                .toList();
        output.line(manifest);
        problems.forEach(problem -> output.err()
                .println("PROBLEM  " + problem.path() + ": " + problem.sentence() + " (" + problem.code() + ")"));
        output.result(Map.of("manifest", manifest, "problems", problems));
        return problems.isEmpty() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }
}
