package dev.intermezzo.cli.providers;

import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.Provider;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.ProviderSummary;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo providers}. */
@Command(name = "providers", mixinStandardHelpOptions = true, description = "What the provider catalogue knows.")
public final class ProvidersCommand implements Runnable {
    private static final String ROW = "%-14s %-7s %-8s %-8s %-12s %-22s %s";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: list.");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "List the providers: directions, readiness, currencies; with --json all that is known of them.")
    int list(@Mixin Output output) {
        ProviderCatalogue catalogue = ProviderCatalogue.bundled();
        List<ProviderSummary> providers = catalogue.summaries();
        output.line(
                ROW.formatted("PROVIDER", "PAY-IN", "PAY-OUT", "WEBHOOK", "READINESS", "CURRENCIES", "REDIRECT FIELD"));
        for (ProviderSummary provider : providers) {
            String redirect = provider.redirectField();
            output.line(ROW.formatted(
                    provider.pspType(),
                    yes(provider.payIn()),
                    yes(provider.payOut()),
                    yes(provider.webhook()),
                    provider.readiness(),
                    provider.currencies().isEmpty() ? "not known" : String.join(" ", provider.currencies()),
                    redirect == null ? "-" : redirect));
        }
        assumptions(output, catalogue);
        output.result(Map.of("providers", providers));
        return ExitCodes.HOLDS;
    }

    /** What an account says yes to, in words: its names alone would be confirmed unread. */
    private static void assumptions(Output output, ProviderCatalogue catalogue) {
        output.line("");
        output.line("ASSUMPTIONS that an account confirms under providers.<PROVIDER>.confirmed, see docs/providers.md");
        for (Provider provider : catalogue.providers()) {
            for (ProviderOperation operation : provider.operations()) {
                operation.assumptions().forEach(each -> output.line(assumption(operation, each)));
            }
        }
    }

    private static String assumption(ProviderOperation operation, ProviderOperation.Assumption assumption) {
        return "%s (%s): %s".formatted(assumption.name(), use(operation, assumption.name()), assumption.sentence());
    }

    private static String use(ProviderOperation operation, String assumption) {
        if (operation.neededToRoute().contains(assumption)) {
            return operation.operation() == Operation.PAYIN ? "needed to pay with it" : "needed to pay out with it";
        }
        return assumption.equals(operation.sessionAssumption())
                ? "for accounts that send session tokens"
                : "for one field";
    }

    private static String yes(boolean value) {
        return value ? "yes" : "-";
    }
}
