package dev.intermezzo.cli.stage;

import dev.intermezzo.ingress.EdgeService;
import dev.intermezzo.ingress.EdgeSettings;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.notifier.ScheduleService;
import dev.intermezzo.notifier.ScheduleSettings;
import dev.intermezzo.notifier.SenderService;
import dev.intermezzo.notifier.SenderSettings;
import dev.intermezzo.orchestrator.auditor.AuditorService;
import dev.intermezzo.orchestrator.auditor.AuditorSettings;
import dev.intermezzo.orchestrator.cashier.CashierExecutorService;
import dev.intermezzo.orchestrator.cashier.CashierSettings;
import dev.intermezzo.orchestrator.cashier.OnceExecutorService;
import dev.intermezzo.orchestrator.correlator.CorrelatorService;
import dev.intermezzo.orchestrator.correlator.CorrelatorSettings;
import dev.intermezzo.orchestrator.shop.ShopExecutorService;
import dev.intermezzo.orchestrator.shop.ShopSettings;
import dev.intermezzo.orchestrator.topology.OrchestratorService;
import dev.intermezzo.orchestrator.topology.OrchestratorSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topic;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The stages that belong into one process, and what they need before they can be built. {@code up} builds the same sets, all
 * in one process.
 *
 * @param topics must exist, in the installation's shape
 * @param keysets must be in the keys folder
 * @param ports where it listens for others than operators
 * @param stateDirs folders of stores and spools, by their setting's key
 * @param builder makes the stages in the order in which work flows; they are closed in reverse
 */
public record StageSet(
        List<Topic<?>> topics,
        Set<Keyset> keysets,
        List<ListeningPort> ports,
        Map<String, Path> stateDirs,
        Function<StageContext, List<Stage>> builder) {

    /**
     * A port that others reach.
     *
     * @param setting key of the setting that chooses it
     */
    public record ListeningPort(String host, int port, String setting) {}

    /** The public edge. */
    public static StageSet ingress(EdgeSettings edge) {
        return new StageSet(
                EdgeService.TOPICS,
                EdgeService.KEYSETS,
                List.of(new ListeningPort(edge.host(), edge.port(), "ingress.port")),
                Map.of("webhook.spool.dir", edge.spool().dir()),
                context -> List.of(new EdgeService(edge, context.kafka(), context.keys(), context.clock())));
    }

    /** The state machine, and the correlator that finds the payment of a webhook without our reference. */
    public static StageSet orchestrator(OrchestratorSettings orchestrator, CorrelatorSettings correlator) {
        return new StageSet(
                all(OrchestratorService.TOPICS, CorrelatorService.TOPICS),
                Set.of(Keyset.VAULT_PUBLIC),
                List.of(),
                Map.of(
                        "orchestrator.state-dir",
                        orchestrator.stateDir(),
                        "correlator.state-dir",
                        correlator.stateDir()),
                context -> {
                    SchemaTopic schemas = new SchemaTopic(context.kafka());
                    Vault vault = new Vault(context.keys());
                    return List.of(
                            new SharedSchemas(schemas),
                            new OrchestratorService(orchestrator, context.kafka(), schemas, vault, context.clock()),
                            new CorrelatorService(correlator, context.kafka(), schemas, vault, context.clock()));
                });
    }

    /** The executors of calls to Mozarto: those that may be repeated, and those that move money. */
    public static StageSet cashier(CashierSettings cashier) {
        return new StageSet(
                all(CashierExecutorService.TOPICS, OnceExecutorService.TOPICS),
                CashierExecutorService.KEYSETS,
                List.of(),
                Map.of(),
                context -> List.of(
                        new CashierExecutorService(
                                cashier, context.kafka(), context.keys(), context.policy(), context.clock()),
                        new OnceExecutorService(
                                cashier, context.kafka(), context.keys(), context.policy(), context.clock())));
    }

    /** The executor of questions to Mozello. */
    public static StageSet shop(ShopSettings shop) {
        return new StageSet(
                ShopExecutorService.TOPICS,
                ShopExecutorService.KEYSETS,
                List.of(),
                Map.of(),
                context -> List.of(new ShopExecutorService(
                        shop, context.kafka(), context.keys(), context.policy(), context.clock())));
    }

    /** When shops are told, and telling them. */
    public static StageSet notifier(ScheduleSettings schedule, SenderSettings sender) {
        return new StageSet(
                all(ScheduleService.TOPICS, SenderService.TOPICS),
                Set.of(Keyset.MERCHANT_SECRETS, Keyset.VAULT_PUBLIC),
                List.of(),
                Map.of("notifier.state-dir", schedule.stateDir()),
                context -> List.of(
                        new ScheduleService(schedule, context.kafka(), context.keys(), context.clock()),
                        new SenderService(sender, context.kafka(), context.keys(), context.policy(), context.clock())));
    }

    /** What watches the ledger; nobody waits for it. */
    public static StageSet auditor(AuditorSettings auditor) {
        return new StageSet(
                AuditorService.TOPICS,
                Set.of(),
                List.of(),
                Map.of("auditor.state-dir", auditor.stateDir()),
                context -> List.of(new AuditorService(auditor, context.kafka(), context.clock())));
    }

    /** Merchants' systems; needs no key of ours. */
    public static StageSet merchantApi(MerchantApiSettings api) {
        return new StageSet(
                MerchantApiService.TOPICS,
                Set.of(),
                List.of(new ListeningPort(api.host(), api.port(), "merchant-api.port")),
                Map.of(),
                context -> List.of(new MerchantApiService(api, context.kafka(), context.clock())));
    }

    /** Makes the stages; none is started. */
    public List<Stage> build(StageContext context) {
        return builder.apply(context);
    }

    private static List<Topic<?>> all(Collection<Topic<?>> some, Collection<Topic<?>> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** The schemas that two Streams applications of one process read together, as a part that starts and stops with them. */
    private record SharedSchemas(SchemaTopic schemas) implements Stage {
        @Override
        public String name() {
            return "schemas";
        }

        @Override
        public void start() {
            schemas.start();
        }

        @Override
        public boolean ready() {
            return schemas.ready();
        }

        @Override
        public String notReadyBecause() {
            return ready() ? "" : "The schemas topic is not read to its end yet.";
        }

        @Override
        public void close() {
            schemas.close();
        }
    }
}
