package dev.intermezzo.cli.simulate;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.simulator.Campaign;
import dev.intermezzo.simulator.Outcome;
import dev.intermezzo.simulator.Plan;
import dev.intermezzo.simulator.Shortening;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo simulate}: the real decisions in virtual time, with faults drawn from a seed. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Run the production's decisions on a simulated log in virtual time, among simulated partners, with faults drawn",
            "from the seed, and check every promise against what truly happened. The same seed with the same build gives the",
            "same bytes. A violation is shown with the shortest history found. Exit code 0 only without a violation; from 100",
            "seeds on also only when every legal change of state and every fault happened."
        })
public final class SimulateCommand implements Callable<Integer> {
    /** So many seeds reach everything; fewer may miss something by chance. */
    private static final int COVERS_FROM = 100;

    /** Less than a minute; a bound in time would end differently on every machine. */
    private static final long MOST_SHORTENING_PAYMENTS = 5_000;

    @Mixin
    private Output output = new Output();

    @Option(names = "--seed", defaultValue = "1", description = "The first seed. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--seeds",
            defaultValue = "1",
            description = "How many seeds from there. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--payments",
            defaultValue = "25",
            description = "Payments for each seed. Default: ${DEFAULT-VALUE}.")
    private int payments;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "FAULT",
            description = "Kinds of fault that do not strike, such as reordered; by commas.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--seed-wrong",
            description = "Let the Cashier call declined payments approved: the command must then fail.")
    private boolean seedWrong;

    @Override
    public Integer call() {
        if (seeds < 1 || payments < 1) {
            throw new CommandFailure("nothing-to-simulate", "Name at least one seed and one payment.");
        }
        Set<FaultKind> faults = faults();
        Campaign campaign = new Campaign();
        for (long next = seed; next < seed + seeds && campaign.violated().isEmpty(); next++) {
            Plan plan = Plan.of(next, payments).withFaults(faults);
            campaign.run(seedWrong ? plan.withLies() : plan);
        }
        campaign.violated().ifPresent(this::explain);
        // A run that ended at a violation has not had its chance.
        List<String> missed = campaign.seeds() >= COVERS_FROM ? campaign.missed() : List.of();
        missed.forEach(each -> output.line("NEVER HAPPENED: " + each));
        summarise(campaign);
        output.result(result(campaign));
        return campaign.violated().isEmpty() && missed.isEmpty() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    private Set<FaultKind> faults() {
        Set<FaultKind> faults = EnumSet.allOf(FaultKind.class);
        for (String code : without) {
            FaultKind kind = Arrays.stream(FaultKind.values())
                    .filter(each -> each.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            "fault-unknown",
                            "No fault is called " + code + ". There are: "
                                    + Arrays.stream(FaultKind.values())
                                            .map(FaultKind::code)
                                            .collect(Collectors.joining(", "))
                                    + "."));
            faults.remove(kind);
        }
        return faults;
    }

    /** Everything an engineer needs at night: the seed, the promise, and what happened in order. */
    private void explain(Outcome found) {
        Outcome shortest = Shortening.of(found, MOST_SHORTENING_PAYMENTS);
        output.line("");
        output.line("VIOLATION with seed " + found.plan().seed() + ": "
                + shortest.violations().getFirst());
        output.line("  promise: " + shortest.violations().getFirst().promise().sentence());
        output.line("  needs: orders " + shortest.plan().orders() + " and "
                + shortest.struck().size() + " fault(s)");
        shortest.struck().forEach(fault -> output.line("    " + fault));
        output.line("  again: ./intermezzo simulate --seed " + found.plan().seed() + " --payments " + payments
                + (without.isEmpty() ? "" : " --without " + String.join(",", without))
                + (seedWrong ? " --seed-wrong" : ""));
        output.line("");
        shortest.history().forEach(output::line);
        output.line("");
    }

    private void summarise(Campaign campaign) {
        output.line("%d seed(s) of %d payments: %d events, %d violation(s), %d of %d changes of state"
                .formatted(
                        campaign.seeds(),
                        payments,
                        campaign.events(),
                        campaign.violations(),
                        campaign.transitions().size(),
                        Campaign.allTransitions()));
        output.line("faults: "
                + campaign.faults().entrySet().stream()
                        .map(each -> each.getKey().code() + ' ' + each.getValue())
                        .collect(Collectors.joining(", ")));
    }

    private Map<String, Object> result(Campaign campaign) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", seed);
        fields.put("seeds", campaign.seeds());
        fields.put("payments", payments);
        fields.put("events", campaign.events());
        fields.put("violations", campaign.violations());
        campaign.violated()
                .ifPresent(found -> fields.put("violated_seed", found.plan().seed()));
        Map<String, Integer> faults = new LinkedHashMap<>();
        campaign.faults().forEach((kind, count) -> faults.put(kind.code(), count));
        fields.put("faults", faults);
        fields.put("transitions_covered", campaign.transitions().size());
        fields.put("transitions_total", Campaign.allTransitions());
        fields.put("digest", campaign.digest());
        return fields;
    }
}
